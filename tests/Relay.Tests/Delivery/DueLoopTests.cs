using System.Diagnostics.Metrics;
using System.Net;
using Grpc.Core;
using NymDirectory.Contracts.V1;
using NymDirectory.Relay.Delivery;
using NymDirectory.Relay.Tests.Fakes;
using NymDirectory.TestKit;

namespace NymDirectory.Relay.Tests.Delivery;

public sealed class DueLoopTests
{
    private static readonly HttpMessageInvoker Http = new(new SocketsHttpHandler());

    [Fact]
    public async Task Due_AskedFirstWithoutWaiting_ThenHeld()
    {
        await using var node = await Node.StartAsync();
        await Eventually.True(() => node.Directory.LeaseQuestions.Count >= 2);
        Assert.Equal([0u, 10_000u], node.Directory.LeaseQuestions.Take(2).Select(question => question.WaitMilliseconds));
        Assert.All(node.Directory.LeaseQuestions, question => Assert.Equal(256u, question.MaxDeliveries));
    }

    [Fact]
    public async Task Due_LittleRoom_AsksForNoMore()
    {
        await using var node = await Node.StartAsync(["--Delivery:MaxInFlight=8"]);
        var gate = new TaskCompletionSource();
        node.Gateway.BeforeReply = gate.Task;
        await Eventually.True(() => node.Directory.LeaseQuestions.Count == 2);
        await node.Directory.Due.Writer.WriteAsync(new LeaseDueResponse { Deliveries = { Enumerable.Range(0, 7).Select(_ => node.Leased()) } });
        await Eventually.True(() => node.Get<DeliveryLedger>().Held == 7);

        // Less than a quarter is free: it does not ask, and what becomes due stays where it is.
        await node.Directory.Due.Writer.WriteAsync(new LeaseDueResponse { Deliveries = { node.Leased() } });
        await Eventually.True(() => !node.Gateway.Lists.IsEmpty);
        Assert.Equal(2, node.Directory.LeaseQuestions.Count);
        Assert.All(node.Directory.LeaseQuestions, question => Assert.Equal(8u, question.MaxDeliveries));

        gate.SetResult();
        await Eventually.True(() => node.Gateway.DeliveryIds.Distinct().Count() == 8);
    }

    [Fact]
    public async Task Due_DirectoryFails_AsksAgainAndReadinessFollows()
    {
        await using var node = await Node.StartAsync();
        using var counted = new Measurements(node.Get<IMeterFactory>());
        await Eventually.True(() => IsReadyAsync(node));

        node.Directory.FailLeases = StatusCode.Internal;
        await node.Directory.Due.Writer.WriteAsync(new LeaseDueResponse());
        await Eventually.True(async () => !await IsReadyAsync(node));
        await Eventually.True(() => counted["lease_failures Internal"] >= 2);

        node.Directory.FailLeases = null;
        await node.Directory.Due.Writer.WriteAsync(new LeaseDueResponse { Deliveries = { node.Leased() } });
        await Eventually.True(() => node.Gateway.DeliveryIds.Any());
        Assert.True(await IsReadyAsync(node));
        Assert.DoesNotContain("canary", node.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Due_DirectoryRestarts_ThePollIsTakenUpAgain()
    {
        await using var node = await Node.StartAsync();
        await Eventually.True(() => node.Directory.LeaseQuestions.Count == 2);
        await node.Directory.RestartAsync();
        await node.Directory.Due.Writer.WriteAsync(new LeaseDueResponse { Deliveries = { node.Leased() } });
        await Eventually.True(() => node.Gateway.DeliveryIds.Any());
    }

    [Fact]
    public async Task Stop_QuestionIsHeld_EndsAtOnce()
    {
        await using var node = await Node.StartAsync();
        await Eventually.True(() => node.Directory.LeaseQuestions.Count == 2);
        await node.StopRelayAsync().Within(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void BackOff_AnyRandomness_StaysInItsBoundsAndStartsAnew()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var backOff = new LeaseBackOff(new Random(seed));
            var expected = 0.25;
            for (var i = 0; i < 10; i++)
            {
                Assert.InRange(backOff.Next().TotalSeconds, expected * 0.5, expected * 1.5);
                expected = Math.Min(expected * 2, 5);
            }

            backOff.Reset();
            Assert.InRange(backOff.Next().TotalSeconds, 0.125, 0.375);
        }
    }

    private static async Task<bool> IsReadyAsync(Node node)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{node.HealthAddress}/healthz/ready");
        using var response = await Http.SendAsync(request, CancellationToken.None);
        return response.StatusCode == HttpStatusCode.OK;
    }
}
