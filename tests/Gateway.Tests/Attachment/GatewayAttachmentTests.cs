using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using NymDirectory.Gateway.Tests.Fakes;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.Attachment;

public sealed class GatewayAttachmentTests
{
    private const string Info = """{"action":"info"}""";

    [Fact]
    public async Task Attach_AtAStartAndAtEachRun_TellsTheDirectoryAtOnce()
    {
        // The clock stands still: nothing here waits for a renewal.
        await using var gateway = await GatewayUnderTest.StartAsync(clock: new FakeTimeProvider());
        await Eventually.True(() => LastRun(gateway) == gateway.NymClient.Run.ToByteString());

        gateway.NymClient.StartRun();
        await Eventually.True(() => LastRun(gateway) == gateway.NymClient.Run.ToByteString());

        var request = gateway.BackEnd.Gateways.AttachedBy.Last();
        Assert.Equal(("gw-1", "http://gateway.test:5100", 16), (request.GatewayId, request.Endpoint, request.InstanceId.Length));
        Assert.Single(gateway.BackEnd.Gateways.AttachedBy.Select(attach => attach.InstanceId).Distinct());
        Assert.Equal("infoResponse", (await gateway.AskAsync(Info)).Action);
    }

    [Fact]
    public async Task Attach_EveryFiveSeconds_RenewsTheLease()
    {
        var clock = new FakeTimeProvider();
        await using var gateway = await GatewayUnderTest.StartAsync(clock: clock);
        await Eventually.True(() => LastRun(gateway) == gateway.NymClient.Run.ToByteString());
        var before = gateway.BackEnd.Gateways.AttachedBy.Count;

        await Eventually.True(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            return gateway.BackEnd.Gateways.AttachedBy.Count >= before + 3;
        });
    }

    [Fact]
    public async Task Ready_NymClientAndDirectoryAnswered_IsHealthy()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(connected: false);
        Assert.Equal("Unhealthy", await gateway.ReadinessAsync());

        gateway.NymClient.StartRun();

        await Eventually.True(async () => await gateway.ReadinessAsync() == "Healthy");
    }

    [Fact]
    public async Task Attach_HeldByAnother_WaitsIsNotReadyAndSaysSoOnce()
    {
        var clock = new FakeTimeProvider();
        await using var gateway = await GatewayUnderTest.StartAsync(backEnd => backEnd.Gateways.OnAttach = _ => FakeGateways.No, clock);
        gateway.NymClient.Receive(ScriptedNymClient.Tag(1), Info);
        await Eventually.True(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            return gateway.BackEnd.Gateways.AttachedBy.Count >= 4;
        });

        Assert.Equal("Unhealthy", await gateway.ReadinessAsync());
        Assert.Equal(0, gateway.NymClient.Waiting(ScriptedNymClient.Tag(1)));
        Assert.Single(gateway.Logs.Entries, entry => entry.EventId == 1301);

        gateway.BackEnd.Gateways.OnAttach = _ => FakeGateways.Yes;
        await Eventually.True(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            return gateway.NymClient.Waiting(ScriptedNymClient.Tag(1)) > 0;
        });
        Assert.Equal("infoResponse", (await gateway.NextAnswerAsync(ScriptedNymClient.Tag(1))).Action);
        Assert.Equal("Healthy", await gateway.ReadinessAsync());
    }

    [Fact]
    public async Task Attach_HeldByOneThatIsAboutToEnd_AsksAgainAsSoonAsItDoes()
    {
        var clock = new FakeTimeProvider();
        await using var gateway = await GatewayUnderTest.StartAsync(
            backEnd => backEnd.Gateways.OnAttach = _ => new() { HeldByAnother = new() { EndsInMilliseconds = 400 } }, clock);
        await Eventually.True(() => gateway.BackEnd.Gateways.AttachedBy.Any(attach => attach.RunId == gateway.NymClient.Run.ToByteString()));
        gateway.BackEnd.Gateways.OnAttach = _ => FakeGateways.Yes;

        var start = clock.GetUtcNow();
        await Eventually.True(async () =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            return await gateway.ReadinessAsync() == "Healthy" || clock.GetUtcNow() - start > TimeSpan.FromSeconds(4);
        });

        Assert.Equal("Healthy", await gateway.ReadinessAsync());
    }

    [Fact]
    public async Task Attach_TakenOverByAnother_StopsTakingRequests()
    {
        var clock = new FakeTimeProvider();
        await using var gateway = await GatewayUnderTest.StartAsync(clock: clock);
        await gateway.AskAsync(Info);
        gateway.BackEnd.Gateways.OnAttach = _ => FakeGateways.No;
        await Eventually.True(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            return gateway.Logs.Entries.Any(entry => entry.EventId == 1301);
        });

        Assert.Equal("Unhealthy", await gateway.ReadinessAsync());
        gateway.NymClient.Receive(ScriptedNymClient.Tag(1), Info);
        await gateway.StopAsync();
        Assert.Equal(0, gateway.NymClient.Waiting(ScriptedNymClient.Tag(1)));
        Assert.Empty(gateway.BackEnd.Gateways.DetachedBy);
    }

    [Fact]
    public async Task Attach_DirectoryThatRefuses_IsAskedAgain()
    {
        var asked = 0;
        await using var gateway = await GatewayUnderTest.StartAsync(backEnd => backEnd.Gateways.OnAttach = _ =>
            Interlocked.Increment(ref asked) > 1 ? FakeGateways.Yes : throw new RpcException(new Status(StatusCode.FailedPrecondition, "no")));

        Assert.Equal("infoResponse", (await gateway.AskAsync(Info)).Action);
    }

    [Fact]
    public async Task Stop_Attached_GivesTheLeaseBack()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await gateway.AskAsync(Info);

        await gateway.StopAsync();

        var detached = Assert.Single(gateway.BackEnd.Gateways.DetachedBy);
        Assert.Equal(gateway.BackEnd.Gateways.AttachedBy.First().InstanceId, detached.InstanceId);
        Assert.Equal("gw-1", detached.GatewayId);
    }

    private static Google.Protobuf.ByteString? LastRun(GatewayUnderTest gateway) => gateway.BackEnd.Gateways.AttachedBy.LastOrDefault()?.RunId;
}
