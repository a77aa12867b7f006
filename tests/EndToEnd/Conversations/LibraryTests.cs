using NymDirectory.Client;
using NymDirectory.EndToEnd.Harness;
using NymDirectory.EndToEnd.Users;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Conversations;

/// <summary>The client library against the whole node, and beside existing clients.</summary>
public sealed class LibraryTests(VerboseNode fixture) : NodeTests(fixture), IClassFixture<VerboseNode>
{
    [Fact]
    public async Task Library_TwoUsers_TalkThroughTheNodeAndThenDirectly()
    {
        await using var rosa = await LibraryClient.RegisteredAsync(Node, Names.New("rosa"));
        await using var sven = await LibraryClient.RegisteredAsync(Node, Names.New("sven"));

        Assert.False((await rosa.SendAsync(sven.Username, "through the node")).ViaDirect);
        Assert.Equal(new IncomingMessage(rosa.Username, "through the node", MessageKind.Text, ViaDirect: false), await sven.ReceiveAsync());
        await sven.SendAsync(rosa.Username, "and back");
        Assert.Equal(new IncomingMessage(sven.Username, "and back", MessageKind.Text, ViaDirect: false), await rosa.ReceiveAsync());

        Assert.True((await rosa.Client.SendHandshakeAsync(sven.Username).Within()).Succeeded);
        Assert.Equal(MessageKind.Handshake, (await sven.ReceiveAsync()).Kind);
        Assert.True((await sven.SendAsync(rosa.Username, "straight to you")).ViaDirect);
        Assert.Equal(new IncomingMessage(sven.Username, "straight to you", MessageKind.Text, ViaDirect: true), await rosa.ReceiveAsync());
    }

    [Fact]
    public async Task Library_AndExistingClient_UnderstandEachOther()
    {
        await using var library = await LibraryClient.RegisteredAsync(Node, Names.New("tina"));
        await using var existing = await LegacyClient.RegisteredAsync(Node, Names.New("ulf"));

        await library.SendAsync(existing.Username, "from the library: zażółć 🚀");
        Assert.Equal("from the library: zażółć 🚀", await existing.ReceiveAsync(1, library.Identity.Key.PublicKey));
        await existing.SendAsync(library.Username, library.Identity.Key.PublicKey, "from the existing client: 你好", withKey: true);
        Assert.Equal("from the existing client: 你好", (await library.ReceiveAsync()).Text);
    }

    [Fact]
    public async Task Library_LogsInUnderANewTag_AndReceivesWhatWaited()
    {
        await using var sender = await LibraryClient.RegisteredAsync(Node, Names.New("vera"));
        await using var first = await LibraryClient.RegisteredAsync(Node, Names.New("walt"));
        await using var second = await LibraryClient.StartAsync(Node, first.Username, first.Identity.Key);
        Assert.True((await second.Client.LogInAsync().Within()).Succeeded);

        await sender.SendAsync(first.Username, "where you are now");

        Assert.Equal("where you are now", (await second.ReceiveAsync()).Text);
        Assert.False(first.Client.Received.TryRead(out _));
    }

    [Fact]
    public async Task DirectAddress_ThatStaysSilent_IsGivenUpForTheNode()
    {
        await using var sender = await LibraryClient.RegisteredAsync(Node, Names.New("xena"), directSilence: TimeSpan.FromSeconds(2));
        await using var before = await LibraryClient.RegisteredAsync(Node, Names.New("yuri"));
        await sender.SendAsync(before.Username, "hello");
        await before.ReceiveAsync();
        Assert.True((await before.Client.SendHandshakeAsync(sender.Username).Within()).Succeeded);
        Assert.Equal(MessageKind.Handshake, (await sender.ReceiveAsync()).Kind);

        // The address is dead from now on: whoever has it can only find that out by silence.
        await before.CutOffAsync();
        await using var after = await LibraryClient.StartAsync(Node, before.Username, before.Identity.Key);
        Assert.True((await after.Client.LogInAsync().Within()).Succeeded);
        Assert.True((await sender.SendAsync(before.Username, "are you there?")).ViaDirect);

        // The first message comes once more when the cut came before its acknowledgement: the new client has not remembered it.
        var received = await after.ReceiveAsync();
        received = received.Text == "hello" ? await after.ReceiveAsync() : received;
        Assert.Equal(new IncomingMessage(sender.Username, "are you there?", MessageKind.Text, ViaDirect: false), received);
    }
}
