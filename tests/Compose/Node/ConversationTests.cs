using NymDirectory.Client;
using NymDirectory.Compose.Harness;
using NymDirectory.EndToEnd.Users;
using NymDirectory.TestKit;

namespace NymDirectory.Compose.Node;

/// <summary>The client library talks to the node in containers from outside of them, through the local mixnet.</summary>
[Collection(ComposeTests.Name)]
public sealed class ConversationTests(ComposeNode node)
{
    [ComposeFact]
    public async Task Library_FromOutside_HasTheWholeConversation()
    {
        await using var rosa = await LibraryClient.RegisteredAsync(node.Gateway, Names.New("rosa"));
        await using var sven = await LibraryClient.RegisteredAsync(node.Gateway, Names.New("sven"));
        Assert.True((await rosa.Client.LogInAsync().Within()).Succeeded);
        Assert.Equal(sven.Username, (await rosa.Client.LookUpAsync(sven.Username).Within()).Account?.Username);

        Assert.False((await rosa.SendAsync(sven.Username, "into the containers")).ViaDirect);
        Assert.Equal("into the containers", (await sven.ReceiveAsync()).Text);
        await sven.SendAsync(rosa.Username, "and out again");
        Assert.Equal("and out again", (await rosa.ReceiveAsync()).Text);

        Assert.True((await rosa.Client.SendHandshakeAsync(sven.Username).Within()).Succeeded);
        Assert.Equal(MessageKind.Handshake, (await sven.ReceiveAsync()).Kind);
        Assert.True((await sven.SendAsync(rosa.Username, "straight to you")).ViaDirect);
        Assert.True((await rosa.ReceiveAsync()).ViaDirect);
    }

    [ComposeFact]
    public async Task Walkthrough_InsideTheNetwork_ShowsAllOfIt()
    {
        var output = await node.Project.RunAsync("run", "--rm", "--no-deps", "walkthrough");
        Assert.Contains("All of it worked.", output, StringComparison.Ordinal);
    }
}
