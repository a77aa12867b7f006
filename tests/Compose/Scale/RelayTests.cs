using NymDirectory.Compose.Harness;
using NymDirectory.TestKit;

namespace NymDirectory.Compose.Scale;

/// <summary>Relays come, go, die and hang while people write to each other, and nobody notices.</summary>
[Collection(ComposeTests.Name)]
public sealed class RelayTests(ComposeNode node)
{
    private const int Pairs = 4;

    // What the issue allows; gRPC looks for new addresses every 15 s.
    private static readonly TimeSpan TakenUp = TimeSpan.FromSeconds(30);

    [ComposeFact]
    public async Task ThreeRelays_EachDoesItsShareOfTheChecks()
    {
        await node.Project.ScaleAsync("relay", 3);
        await using var crowd = await Crowd.StartAsync(node.Gateway, Pairs);
        await crowd.SendDuringAsync(() => TakePartAsync(3));
        var before = await ChecksAsync();
        var accepted = crowd.Accepted;

        await crowd.SendAsync(each: 75);

        await Eventually.True(async () => Difference(before, await ChecksAsync()).Values.Sum() >= crowd.Accepted - accepted);
        var checks = Difference(before, await ChecksAsync());
        var sum = checks.Values.Sum();
        Assert.Equal(3, checks.Count);
        Assert.All(checks.Values, share => Assert.InRange(share / sum, 0.20, 0.47));
        Assert.Equal(0, crowd.Repeated);
        Assert.Equal(0, await crowd.ArrivedAsync());
    }

    [ComposeFact]
    public async Task OneOfThreeKilledUnderLoad_NoRequestFailsAndNoMessageIsLost()
    {
        await node.Project.ScaleAsync("relay", 3);
        await using var crowd = await Crowd.StartAsync(node.Gateway, Pairs);
        await crowd.SendDuringAsync(async () =>
        {
            await TakePartAsync(3);
            await DockerCommand.RunAsync(["kill", (await node.Project.ContainersAsync("relay"))[1]]);
            await SentAsync(crowd, 100);
        });

        Assert.Equal(0, crowd.Repeated);
        await crowd.ArrivedAsync();
        await node.Project.ScaleAsync("relay", 1);
    }

    [ComposeFact]
    public async Task OneOfThreeHangsUnderLoad_NoRequestFailsAndNoMessageIsLost()
    {
        await node.Project.ScaleAsync("relay", 3);
        await using var crowd = await Crowd.StartAsync(node.Gateway, Pairs);
        string? hung = null;
        try
        {
            await crowd.SendDuringAsync(async () =>
            {
                await TakePartAsync(3);
                hung = (await node.Project.ContainersAsync("relay"))[2];
                await DockerCommand.RunAsync(["pause", hung]);
                await SentAsync(crowd, 200);
            });
        }
        finally
        {
            if (hung is not null)
            {
                await DockerCommand.RunAsync(["unpause", hung]);
            }
        }

        Assert.Equal(0, crowd.Repeated);
        await crowd.ArrivedAsync();
        await node.Project.ScaleAsync("relay", 1);
    }

    [ComposeFact]
    public async Task ScaledToFiveAndBackToTwoUnderLoad_NobodyNotices()
    {
        await node.Project.ScaleAsync("relay", 2);
        await using var crowd = await Crowd.StartAsync(node.Gateway, Pairs);
        await crowd.SendDuringAsync(async () =>
        {
            await node.Project.ScaleAsync("relay", 5);
            await TakePartAsync(5);
            await node.Project.ScaleAsync("relay", 2);
            await SentAsync(crowd, 100);
        });

        Assert.Equal(0, crowd.Repeated);
        Assert.Equal(0, await crowd.ArrivedAsync());
        await node.Project.ScaleAsync("relay", 1);
    }

    private static Task SentAsync(Crowd crowd, int count)
    {
        var goal = crowd.Accepted + count;
        return Eventually.True(() => crowd.Accepted >= goal, TimeSpan.FromMinutes(2), $"{count} more messages are accepted");
    }

    /// <summary>Waits until so many Relays check signatures.</summary>
    private async Task TakePartAsync(int relays)
    {
        var before = await ChecksAsync();
        await Eventually.True(
            async () => Difference(before, await ChecksAsync()).Count == relays, TakenUp + TimeSpan.FromSeconds(5), $"{relays} Relays have work");
    }

    private async Task<Dictionary<string, double>> ChecksAsync() => (await node.Telemetry.LatestAsync("nymdirectory.relay.signature_checks"))
        .GroupBy(point => point.Instance)
        .ToDictionary(points => points.Key, points => points.Sum(point => point.Value));

    private static Dictionary<string, double> Difference(Dictionary<string, double> before, Dictionary<string, double> after) => after
        .Select(checks => (checks.Key, Value: checks.Value - before.GetValueOrDefault(checks.Key)))
        .Where(checks => checks.Value > 0)
        .ToDictionary(checks => checks.Key, checks => checks.Value);
}
