using NymDirectory.Compose.Harness;
using NymDirectory.EndToEnd.Users;

namespace NymDirectory.Compose.Scale;

/// <summary>How a node outgrows one nym-client: a second Gateway with one of its own, on the same Directory, under the same key.</summary>
[Collection(ComposeTests.Name)]
public sealed class TwoGatewayTests(ComposeNode node)
{
    [ComposeFact]
    public async Task TwoGateways_EachUserIsAnsweredThroughTheirs()
    {
        var other = await node.SecondGatewayAsync();
        Assert.NotEqual(node.Gateway.Address, other.Address);
        Assert.Equal(node.Gateway.PublicKey.Pem, other.PublicKey.Pem);

        await using var alice = await LegacyClient.RegisteredAsync(node.Gateway, Names.New("alice"));
        await using var bob = await LegacyClient.RegisteredAsync(other, Names.New("bob"));
        var bobsKey = await alice.LookUpAsync(bob.Username);
        await alice.SendAsync(bob.Username, bobsKey, "across to the second", withKey: true);
        Assert.Equal("across to the second", await bob.ReceiveAsync(1, alice.Key.PublicKey));
        await bob.SendAsync(alice.Username, alice.Key.PublicKey, "and back to the first", withKey: true);
        Assert.Equal("and back to the first", await alice.ReceiveAsync(1, bob.Key.PublicKey));
    }

    [ComposeFact]
    public async Task TwoGateways_AUserWhoMovesToTheOther_IsFoundThere()
    {
        var other = await node.SecondGatewayAsync();
        await using var carol = await LegacyClient.RegisteredAsync(node.Gateway, Names.New("carol"));
        await using var dave = await LegacyClient.RegisteredAsync(node.Gateway, Names.New("dave"));
        await using var moved = await LegacyClient.StartAsync(other, dave.Username, dave.Key);
        await moved.LogInAsync();

        await carol.SendAsync(dave.Username, dave.Key.PublicKey, "where are you now?", withKey: true);
        Assert.Equal("where are you now?", await moved.ReceiveAsync(1, carol.Key.PublicKey));
        Assert.Empty(dave.Incoming);
    }

    [ComposeFact]
    public async Task TwoGateways_UnderLoadWithThreeRelays_WhicheverRelayDoesIt()
    {
        var other = await node.SecondGatewayAsync();
        await node.Project.ScaleAsync("relay", 3);
        await using var there = await Crowd.StartAsync(node.Gateway, other, pairs: 2);
        await using var back = await Crowd.StartAsync(other, node.Gateway, pairs: 2);
        await Task.WhenAll(there.SendAsync(each: 40), back.SendAsync(each: 40));
        Assert.Equal(0, await there.ArrivedAsync() + await back.ArrivedAsync());
        Assert.Equal(0, there.Repeated + back.Repeated);
        await node.Project.ScaleAsync("relay", 1);
    }

    [ComposeFact]
    public async Task Walkthrough_OverTwoGateways_ShowsAllOfIt()
    {
        await node.SecondGatewayAsync();
        var output = await node.Project.RunAsync("run", "--rm", "--no-deps", "walkthrough", "--node", "/nodes/gateway", "--node", "/nodes/gateway-2");
        Assert.Contains("All of it worked.", output, StringComparison.Ordinal);
    }
}
