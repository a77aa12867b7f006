using CsCheck;
using Microsoft.Extensions.Time.Testing;
using NymDirectory.Client.Sqlite;
using NymDirectory.Client.Tests.Fakes;
using NymDirectory.TestKit;

namespace NymDirectory.Client.Tests.Conversations;

/// <summary>Any course of events between a node that sends again and a client whose process ends at any time.</summary>
public sealed class OnceOnlyTests
{
    private enum Event
    {
        Send,
        SendAgain,
        Read,
        LoseNext,
        LoseAcknowledgements,
        Wait,
        Restart,
    }

    [Fact]
    public async Task Events_Any_EachMessageIsConfirmedOnce() =>
        await Gen.Select(Gen.Enum<Event>().Array[5, 40], Gen.Int).SampleAsync(RunAsync, iter: 15, threads: 1);

    private static async Task RunAsync(Event[] events, int seed)
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider();
        var mixnet = new MemoryMixnet { Node = { KnowsAcknowledgement = true } };
        var options = Party.Options with { Handover = HandoverPoint.WhenConfirmed };
        await using var alice = await Party.RegisteredAsync(mixnet, People.Alice, time);
        var store = SqliteReceiptStore.Open(folder.File("receipts.db"));
        var bob = await Party.RegisteredAsync(mixnet, People.Bob, time, options, store);
        var dice = new Dice(seed);
        var (sent, loseNext) = (0, 0);
        var confirmed = new List<string>();
        mixnet.Node.LoseDelivery = _ => Interlocked.Exchange(ref loseNext, 0) == 1;
        foreach (var what in events)
        {
            switch (what)
            {
                case Event.Send:
                    Assert.True((await alice.Client.SendAsync("bob", $"{sent++}").Within()).Succeeded);
                    break;
                case Event.SendAgain:
                    mixnet.Node.SendAgain(mixnet.Node.Unacknowledged.OrderBy(_ => dice.Roll()));
                    break;
                case Event.Read when bob.Client.Received.TryRead(out var message):
                    await bob.Client.ConfirmAsync(message).Within();
                    confirmed.Add(message.Text);
                    break;
                case Event.LoseNext:
                    loseNext = 1;
                    break;
                case Event.LoseAcknowledgements:
                    mixnet.Node.LoseRequest = request => request.Action == "ack" && dice.Roll() % 2 == 0;
                    break;
                case Event.Wait:
                    time.Advance(TimeSpan.FromSeconds(dice.Roll() % 60));
                    break;
                case Event.Restart:
                    var next = SqliteReceiptStore.Open(folder.File("receipts.db"));
                    await bob.RestartAsync(next, options);
                    store.Dispose();
                    store = next;
                    break;
            }
        }

        (mixnet.Node.LoseRequest, mixnet.Node.LoseDelivery) = (_ => false, _ => false);
        while (mixnet.Node.Unacknowledged.Count > 0)
        {
            mixnet.Node.SendAgain(mixnet.Node.Unacknowledged);
            var before = mixnet.Node.Unacknowledged.Count;
            await bob.AfterAWhile(() => bob.Client.Received.Count > 0 || mixnet.Node.Unacknowledged.Count < before);
            while (bob.Client.Received.TryRead(out var message))
            {
                await bob.Client.ConfirmAsync(message).Within();
                confirmed.Add(message.Text);
            }
        }

        // What is still on its way asks the store.
        await bob.DisposeAsync();
        store.Dispose();
        Assert.Equal(Enumerable.Range(0, sent).Select(i => $"{i}").Order(StringComparer.Ordinal), confirmed.Order(StringComparer.Ordinal));
    }

    /// <summary>Repeatable, so that a failure can be looked at.</summary>
    private sealed class Dice(int seed)
    {
        private uint _state = (uint)seed | 1;

        public int Roll()
        {
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            return (int)(_state >> 1);
        }
    }
}
