using NymDirectory.EndToEnd.Harness;
using NymDirectory.EndToEnd.Users;
using NymDirectory.Local.Processes;

namespace NymDirectory.EndToEnd.Outages;

/// <summary>A nym-client that somebody else runs (<c>NymClient__Managed=false</c>): the Gateway finds out by itself whether its store survived.</summary>
public sealed class UnmanagedNymClientTests
{
    private static readonly Dictionary<string, string> Variables = new()
    {
        ["NymClient__Managed"] = "false",
        ["NymClient__StoreCheckPatience"] = "00:00:05",
    };

    [Fact]
    public async Task Restarted_WithItsStore_TagsStillWork()
    {
        await using var test = await UnmanagedNode.StartAsync(Variables);
        await using var sender = await LegacyClient.RegisteredAsync(test.Node, Names.New("sender"));
        await using var recipient = await LegacyClient.RegisteredAsync(test.Node, Names.New("recipient"));

        await test.RestartNymClientAsync(Signal.Interrupt);
        await sender.SendAsync(recipient.Username, recipient.Key.PublicKey, "the store survived");

        Assert.Equal("the store survived", await recipient.ReceiveAsync(1, sender.Key.PublicKey));
        await test.StopAsync();
    }

    [Fact]
    public async Task Restarted_WithoutItsStore_MessagesWaitForTheNextLogin()
    {
        await using var test = await UnmanagedNode.StartAsync(Variables);
        await using var sender = await LegacyClient.RegisteredAsync(test.Node, Names.New("sender"));
        await using var recipient = await LegacyClient.RegisteredAsync(test.Node, Names.New("recipient"));

        await test.RestartNymClientAsync(Signal.Kill);
        await sender.SendAsync(recipient.Username, recipient.Key.PublicKey, "the store is gone");
        await recipient.LogInAsync();

        Assert.Equal("the store is gone", await recipient.ReceiveAsync(1, sender.Key.PublicKey));
        await test.StopAsync();
    }
}
