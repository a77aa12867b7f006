using NymDirectory.EndToEnd.Harness;
using NymDirectory.EndToEnd.Users;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Telemetry;

/// <summary>What leaves the services over OTLP tells how the node does, and nothing about its users.</summary>
public sealed class ExportTests
{
    private const string Gateway = "NymDirectory.Gateway";

    [Fact]
    public async Task Export_OfAWholeConversation_HasOneTraceForASendAndNobodyInIt()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var variables = MostVerbose.Variables.Concat(receiver.Variables).ToDictionary();
        await using var node = await NodeUnderTest.StartAsync(variables);
        await using var sender = await LegacyClient.RegisteredAsync(node, Names.New("sender"));
        await using var recipient = await LegacyClient.RegisteredAsync(node, Names.New("recipient"));
        await sender.LookUpAsync(recipient.Username);
        await sender.LogInAsync();
        var sent = await sender.SendAsync(recipient.Username, recipient.Key.PublicKey, $"traced words of {sender.Username}", withKey: true);
        node.Canaries.Add("a signature", sent[^200..^140]);
        await recipient.ReceiveAsync(1, sender.Key.PublicKey);
        await sender.AskAsync(LegacyClient.Query(Names.New("unknown-name")), "queryResponse");
        await sender.SendContentAsync($$"""{"sender": "{{sender.Username}}", "recipient": "{{node.Address.ToBase58()[..40]}}"}""");

        // The Gateway's root is exported last.
        await Eventually.True(() => SendTraces(receiver).Any(trace => trace.Count() >= 3), TimeSpan.FromSeconds(20), "three services in one trace");
        await node.StopAsync();

        var services = Spans(receiver).Select(span => span.Service).Distinct().Order().ToList();
        Assert.Equal(3, services.Count);
        Assert.NotEmpty(receiver.Logs);
        Assert.NotEmpty(receiver.Metrics);
        var leaks = receiver.Traces.Concat(receiver.Metrics).Concat(receiver.Logs).Select(node.Canaries.FirstIn).Where(canary => canary is not null).Distinct();
        Assert.Empty(leaks);
    }

    // For each `send` the services that took part in its trace.
    private static IEnumerable<IEnumerable<string>> SendTraces(OtlpReceiver receiver)
    {
        var spans = Spans(receiver);
        return spans.Where(span => span is { Service: Gateway, Name: "nymchat send", ParentId: "" })
            .Select(root => spans.Where(span => span.TraceId == root.TraceId).Select(span => span.Service).Distinct());
    }

    private static List<ExportedSpan> Spans(OtlpReceiver receiver) => [.. receiver.Traces.SelectMany(ExportedSpan.Read)];
}
