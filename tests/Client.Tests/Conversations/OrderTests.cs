using Microsoft.Extensions.Time.Testing;
using NymDirectory.Client.Tests.Fakes;
using NymDirectory.TestKit;

namespace NymDirectory.Client.Tests.Conversations;

public sealed class OrderTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly MemoryMixnet _mixnet = new() { Node = { KnowsAcknowledgement = true } };

    [Fact]
    public async Task LostMessage_SentAgain_IsReadBeforeTheLaterOnes()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await SendAsync(alice, "one");
        Assert.Equal("one", (await bob.NextAsync()).Text);
        var lost = _mixnet.Node.Unacknowledged.Count;
        _mixnet.Node.LoseDelivery = delivery => delivery.Sequence == 2;
        await SendAsync(alice, "two", "three", "four");
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(0, bob.Client.Received.Count);

        _mixnet.Node.LoseDelivery = _ => false;
        _mixnet.Node.SendAgain(_mixnet.Node.Unacknowledged.Where(delivery => delivery.Sequence == 2));

        Assert.Equal(["two", "three", "four"], [(await bob.NextAsync()).Text, (await bob.NextAsync()).Text, (await bob.NextAsync()).Text]);
        Assert.Equal(1, lost);
    }

    [Fact]
    public async Task LostMessage_NeverSentAgain_HoldsTheLaterOnesForABoundedTime()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await SendAsync(alice, "one");
        await bob.NextAsync();
        _mixnet.Node.LoseDelivery = delivery => delivery.Sequence == 2;
        await SendAsync(alice, "two", "three");

        await bob.AfterAWhile(() => bob.Client.Received.Count == 1);
        Assert.Equal("three", (await bob.NextAsync()).Text);

        // What comes after all is not lost, only late.
        _mixnet.Node.LoseDelivery = _ => false;
        _mixnet.Node.SendAgain(_mixnet.Node.Unacknowledged.Where(delivery => delivery.Sequence == 2));
        Assert.Equal("two", (await bob.NextAsync()).Text);
        await SendAsync(alice, "four");
        Assert.Equal("four", (await bob.NextAsync()).Text);
    }

    [Fact]
    public async Task Gap_OfOneSender_DoesNotHoldUpOthers()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        using var key = NymDirectory.Signatures.SigningKey.Generate();
        await using var carol = await Party.RegisteredAsync(_mixnet, new Identity("carol", key), _time);
        await SendAsync(alice, "one");
        await bob.NextAsync();
        _mixnet.Node.LoseDelivery = delivery => delivery is { Sender: "alice", Sequence: 2 };
        await SendAsync(alice, "two", "three");

        await SendAsync(carol, "I am here");

        Assert.Equal("carol", (await bob.NextAsync()).Sender);
        Assert.Equal(0, bob.Client.Received.Count);
    }

    [Fact]
    public async Task Order_AfterARestart_GoesOnWhereItWas()
    {
        var receipts = new NymDirectory.Client.Receipts.InMemoryReceiptStore();
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time, receipts: receipts);
        await SendAsync(alice, "one");
        await bob.NextAsync();
        await bob.RestartAsync(receipts);
        _mixnet.Node.LoseDelivery = delivery => delivery.Sequence == 2;
        await SendAsync(alice, "two", "three");
        _time.Advance(TimeSpan.FromSeconds(10));
        await bob.Client.LookUpAsync("alice").Within();
        Assert.Equal(0, bob.Client.Received.Count);

        _mixnet.Node.LoseDelivery = _ => false;
        _mixnet.Node.SendAgain(_mixnet.Node.Unacknowledged.Where(delivery => delivery.Sequence == 2));
        Assert.Equal(["two", "three"], [(await bob.NextAsync()).Text, (await bob.NextAsync()).Text]);
    }

    [Fact]
    public async Task NodeThatCountsAnew_LosesNothingAndIsOrderedAgain()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await SendAsync(alice, "one", "two", "three");
        Assert.Equal(["one", "two", "three"], [(await bob.NextAsync()).Text, (await bob.NextAsync()).Text, (await bob.NextAsync()).Text]);

        _mixnet.Node.ForgetSequences();
        await SendAsync(alice, "again one", "again two");
        Assert.Equal(["again one", "again two"], [(await bob.NextAsync()).Text, (await bob.NextAsync()).Text]);
    }

    private static async Task SendAsync(Party from, params string[] texts)
    {
        foreach (var text in texts)
        {
            Assert.True((await from.Client.SendAsync("bob", text).Within()).Succeeded);
        }
    }
}
