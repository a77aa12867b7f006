using NymDirectory.Compose.Harness;
using NymDirectory.EndToEnd.Telemetry;
using NymDirectory.EndToEnd.Users;
using NymDirectory.TestKit;

namespace NymDirectory.Compose.Telemetry;

/// <summary>Metrics and logs come the same way as traces.</summary>
[Collection(ComposeTests.Name)]
public sealed class MetricTests(ComposeNode node)
{
    [ComposeFact]
    public async Task Metrics_CountWhatClientsAsked()
    {
        var before = await SumAsync("nymdirectory.gateway.requests", "action", "send");
        var waiting = await WaitingAsync();
        await using var crowd = await Crowd.StartAsync(node.Gateway, pairs: 2);
        await crowd.SendAsync(each: 5);
        await crowd.ArrivedAsync();

        // Or more: what other tests sent may have been exported since.
        await Eventually.True(async () => await SumAsync("nymdirectory.gateway.requests", "action", "send") >= before + 10);
        Assert.True(await SumAsync("nymdirectory.relay.requests", "outcome", "accepted") >= 10);
        Assert.True(await SumAsync("nymdirectory.directory.requests", "rpc", "accept") >= 10);
        await Eventually.True(async () => await SumAsync("nymdirectory.gateway.fates", "kind", "delivery") >= 10);
        // Other tests may have left something for users who are gone.
        await Eventually.True(async () => await WaitingAsync() <= waiting);
    }

    [ComposeFact]
    public async Task Metrics_OfEachProcess_BearItsInstance()
    {
        var points = (await node.Telemetry.ExportsAsync("metrics")).SelectMany(ExportedPoint.Read).ToList();
        Assert.NotEmpty(points);
        Assert.DoesNotContain(points, point => point.Instance.Length == 0);
    }

    [ComposeFact]
    public async Task Logs_OfARequest_CarryItsTraceId()
    {
        await using var client = await LegacyClient.RegisteredAsync(node.Gateway, Names.New("client"));
        // What goes well is not logged. This request finds no Directory that answers, which is.
        var directory = Assert.Single(await node.Project.ContainersAsync("directory"));
        await DockerCommand.RunAsync(["pause", directory]);
        try
        {
            var answer = await client.AskAsync(LegacyClient.Query(Names.New("unknown")), "queryResponse", TimeSpan.FromSeconds(40));
            Assert.Equal("error: temporarily unavailable", answer.Content);
        }
        finally
        {
            await DockerCommand.RunAsync(["unpause", directory]);
        }

        await Eventually.True(async () =>
        {
            var traces = (await node.Telemetry.SpansAsync()).Select(span => span.TraceId).ToHashSet();
            // LogRecord.trace_id = 9.
            var logged = (await node.Telemetry.ExportsAsync("logs")).SelectMany(OtlpResource.Read).SelectMany(resource => resource.Items)
                .SelectMany(ProtoField.Read).Where(field => field.Number == 9).Select(field => Convert.ToHexStringLower(field.Bytes));
            return logged.Any(traces.Contains);
        }, TimeSpan.FromSeconds(30));
    }

    // Of the process that runs now: others were there before it.
    private async Task<double> WaitingAsync() => (await node.Telemetry.LatestAsync("nymdirectory.directory.mailbox.depth"))[^1].Value;

    private async Task<double> SumAsync(string metric, string label, string value) =>
        (await node.Telemetry.LatestAsync(metric)).Where(point => point.Labels.GetValueOrDefault(label) == value).Sum(point => point.Value);
}
