using Grpc.Core;
using NymDirectory.Contracts.V1;
using NymDirectory.Gateway.Tests.Fakes;

namespace NymDirectory.Gateway.Tests.Dispatch;

public sealed class AckRequestsTests
{
    private const string Ack = """{"action":"ack","ids":["00112233445566778899aabbccddeeff","ffeeddccbbaa99887766554433221100"]}""";
    private const string Info = """{"action":"info"}""";

    [Fact]
    public async Task Handle_Ack_ReachesTheDirectoryWithItsRouteAndIsNotAnswered()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        gateway.NymClient.Receive(ScriptedNymClient.Tag(1), Ack);

        // In order: an answer to the first would come before that to the second.
        Assert.Equal("infoResponse", (await gateway.AskAsync(Info)).Action);
        var item = Assert.Single(gateway.BackEnd.Mailboxes.Acknowledged);
        Assert.Equal(
            ["00112233445566778899aabbccddeeff", "ffeeddccbbaa99887766554433221100"], item.MessageIds.Select(id => Convert.ToHexStringLower(id.Span)));
        Assert.Equal(("gw-1", ScriptedNymClient.Tag(1).ToByteString()), (item.Route.GatewayId, item.Route.SealedTag));
        Assert.Equal(gateway.NymClient.Run.ToByteString(), item.Route.RunId);
        Assert.Equal(0, gateway.NymClient.Waiting(ScriptedNymClient.Tag(1)));
        gateway.Logs.AssertNoErrors();
    }

    [Fact]
    public async Task Handle_AckWhileTheDirectoryIsAway_IsNotAnsweredAndTheNextIsServed()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(backEnd => backEnd.Mailboxes.OnAcknowledge =
            _ => throw new RpcException(new Status(StatusCode.InvalidArgument, "canary")));

        gateway.NymClient.Receive(ScriptedNymClient.Tag(1), Ack);

        Assert.Equal("infoResponse", (await gateway.AskAsync(Info)).Action);
        Assert.Single(gateway.BackEnd.Mailboxes.Acknowledged);
        Assert.DoesNotContain("canary", gateway.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handle_Query_TellsTheDirectoryOnWhichRouteItCame()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        await gateway.AskAsync("""{"action":"query","username":"bob"}""", tag: 3);

        var item = Assert.IsType<QueryItem>(Assert.Single(gateway.BackEnd.Accounts.Asked));
        Assert.Equal(ScriptedNymClient.Tag(3).ToByteString(), item.Arrival.SealedTag);
    }
}
