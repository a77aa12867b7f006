using Microsoft.Extensions.Time.Testing;
using NymDirectory.Client.Sqlite;
using NymDirectory.Client.Telemetry;
using NymDirectory.Client.Tests.Fakes;
using NymDirectory.TestKit;

namespace NymDirectory.Client.Tests.Conversations;

/// <summary>The process is gone at each step between the mixnet and the acknowledgement; the file of receipts is a real one, opened anew by the next process.</summary>
public sealed class RestartTests : IDisposable
{
    private static readonly NymChatClientOptions WhenConfirmed = Party.Options with { Handover = HandoverPoint.WhenConfirmed };

    private readonly FakeTimeProvider _time = new();
    private readonly MemoryMixnet _mixnet = new() { Node = { KnowsAcknowledgement = true } };
    private readonly TemporaryFolder _folder = new();

    private readonly List<SqliteReceiptStore> _stores = [];

    private string File => Path.Combine(_folder.Path, "receipts.db");

    public void Dispose()
    {
        _stores.ForEach(store => store.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public async Task GoneBeforeItWasRead_IsReadNextTime()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        var store = Open();
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time, receipts: store);
        await SendAsync(alice, "hello");
        await Eventually.True(() => bob.Client.Received.Count == 1);

        await RestartAsync(bob);
        _mixnet.Node.SendAgain(_mixnet.Node.Unacknowledged);

        Assert.Equal("hello", (await bob.NextAsync()).Text);
        await bob.AfterAWhile(() => _mixnet.Node.Unacknowledged.Count == 0);
    }

    [Fact]
    public async Task GoneAfterItWasRemembered_IsNotShownAgainAndAcknowledged()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        var store = Open();
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time, receipts: store);
        await SendAsync(alice, "hello");
        await bob.Client.ConfirmAsync(await bob.NextAsync()).Within();
        Assert.Single(_mixnet.Node.Unacknowledged);

        await RestartAsync(bob);
        Assert.Single(_mixnet.Node.Unacknowledged);
        _mixnet.Node.SendAgain(_mixnet.Node.Unacknowledged);

        await bob.AfterAWhile(() => _mixnet.Node.Unacknowledged.Count == 0);
        Assert.Equal(0, bob.Client.Received.Count);
        Assert.Equal(1, bob.Client.Counters.Drops(DropReason.Duplicate));
    }

    [Fact]
    public async Task GoneBeforeItWasRemembered_IsShownAgainAndRecognisable()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        var store = Open();
        var crashing = new CrashingReceiptStore(store);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time, receipts: crashing);
        bob.ExpectedErrors = ["could not be remembered"];
        await SendAsync(alice, "hello");
        crashing.IsGone = true;
        var first = await bob.NextAsync();

        await RestartAsync(bob);
        _mixnet.Node.SendAgain(_mixnet.Node.Unacknowledged);

        var second = await bob.NextAsync();
        Assert.Equal(first, second);
        Assert.Equal(first.Id, second.Id);
        Assert.NotEqual(UInt128.Zero, first.Id);
    }

    [Fact]
    public async Task GoneBeforeItWasConfirmed_IsShownAgain()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        var store = Open();
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time, WhenConfirmed, store);
        await SendAsync(alice, "one", "two");
        await bob.Client.ConfirmAsync(await bob.NextAsync()).Within();
        Assert.Equal("two", (await bob.NextAsync()).Text);

        await RestartAsync(bob, WhenConfirmed);
        _mixnet.Node.SendAgain(_mixnet.Node.Unacknowledged);

        Assert.Equal("two", (await bob.NextAsync()).Text);
        Assert.Equal(1, bob.Client.Counters.Drops(DropReason.Duplicate));
    }

    [Fact]
    public async Task Confirm_AfterTheEnd_SaysThatItWasNotRemembered()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time, WhenConfirmed);
        await SendAsync(alice, "one");
        var message = await bob.NextAsync();
        await bob.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => bob.Client.ConfirmAsync(message).Within());
    }

    [Fact]
    public async Task ManyMessages_GoneAgainAndAgain_EachIsReadOnceAndInOrder()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        var store = Open();
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time, receipts: store);
        await SendAsync(alice, [.. Enumerable.Range(0, 40).Select(i => $"{i}")]);
        var read = new List<string>();
        for (var life = 1; life <= 8; life++)
        {
            // Each life reads five, of which the last acknowledgement is lost with it.
            for (var i = 0; i < 5; i++)
            {
                var message = await bob.NextAsync();
                await bob.Client.ConfirmAsync(message).Within();
                read.Add(message.Text);
            }

            await RestartAsync(bob);
            _mixnet.Node.SendAgain(_mixnet.Node.Unacknowledged);
        }

        await bob.AfterAWhile(() => _mixnet.Node.Unacknowledged.Count == 0);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"{i}"), read);
        Assert.Equal(0, bob.Client.Received.Count);
    }

    /// <summary>Ends one process and begins the next one, with the file as the first one left it.</summary>
    private async Task RestartAsync(Party party, NymChatClientOptions? options = null)
    {
        await party.RestartAsync(Open(), options);
        _stores[^2].Dispose();
    }

    private SqliteReceiptStore Open()
    {
        _stores.Add(SqliteReceiptStore.Open(File));
        return _stores[^1];
    }

    private static async Task SendAsync(Party from, params string[] texts)
    {
        foreach (var text in texts)
        {
            Assert.True((await from.Client.SendAsync("bob", text).Within()).Succeeded);
        }
    }
}
