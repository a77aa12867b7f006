using NymDirectory.Compose.Harness;
using NymDirectory.EndToEnd.Telemetry;
using NymDirectory.EndToEnd.Users;
using NymDirectory.TestKit;

namespace NymDirectory.Compose.Telemetry;

/// <summary>A request seen in the tracing backend: one trace through three containers, and nobody in it.</summary>
[Collection(ComposeTests.Name)]
public sealed class TraceTests(ComposeNode node)
{
    private const string Gateway = "NymDirectory.Gateway";
    private const string Relay = "NymDirectory.Relay";
    private const string Directory = "NymDirectory.DirectoryService";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [ComposeFact]
    public async Task Send_IsOneTraceThroughThreeServices_AndItsDeliveryALinkedOne()
    {
        var since = (await node.Telemetry.ExportsAsync("traces")).Count;
        await using var sender = await LegacyClient.RegisteredAsync(node.Gateway, Names.New("sender"));
        await using var recipient = await LegacyClient.RegisteredAsync(node.Gateway, Names.New("recipient"));
        await sender.SendAsync(recipient.Username, recipient.Key.PublicKey, $"traced words of {sender.Username}", withKey: true);
        await recipient.ReceiveAsync(1, sender.Key.PublicKey);

        var spans = new Spans([]);
        await Eventually.True(async () => (spans = new Spans(await node.Telemetry.SpansAsync(since))).IsComplete, Patience, "all spans of the message are exported");

        var root = spans.Root;
        Assert.Equal("success", root.Attributes["outcome"]);
        var forward = spans.Child(root, Relay, "forward");
        spans.Child(forward, Relay, "verify");
        var accept = spans.Child(forward, Directory, "accept");
        spans.Child(accept, Directory, "commit");
        Assert.Equal([Gateway, Relay, Directory], spans.Of(root.TraceId).Select(span => span.Service).Distinct());

        // An item's span is linked to the span of the call that carried it: on the server's side, below the client's.
        spans.AssertCarried(forward, by: Gateway);
        spans.AssertCarried(accept, by: Relay);

        var delivery = spans.Delivery(forward);
        // The recipient is at the very gateway that asked: the message came with the answer, and no call carried it.
        Assert.Equal("answered", delivery.Attributes["outcome"]);
        Assert.NotEqual(root.TraceId, delivery.TraceId);
        var handed = spans.Child(delivery, Gateway, "deliver to nym-client");
        Assert.Empty(handed.Links);
        spans.AssertCarried(spans.Child(delivery, Directory, "settle"), by: Gateway);
    }

    [ComposeFact]
    public async Task HealthChecks_AreNotTraced()
    {
        // Docker asks every five seconds: there were some.
        var spans = await node.Telemetry.SpansAsync();
        Assert.NotEmpty(spans);
        Assert.DoesNotContain(spans, span => span.Name.Contains("health", StringComparison.OrdinalIgnoreCase)
            || span.Attributes.Values.Any(value => value.Contains("health", StringComparison.OrdinalIgnoreCase)));
    }

    [ComposeFact]
    public async Task Everything_ThatWasExportedOrLogged_NamesNobody()
    {
        await using var sender = await LegacyClient.RegisteredAsync(node.Gateway, Names.New("sender"));
        await sender.AskAsync(LegacyClient.Query(Names.New("unknown-name")), "queryResponse");
        var content = $$"""{"sender": "{{sender.Username}}", "recipient": "{{Names.New("nobody")}}", "body": "words that nobody may read"}""";
        node.Canaries.Add("a message's text", "words that nobody may read");
        await sender.SendContentAsync(content);

        foreach (var signal in new[] { "traces", "metrics", "logs" })
        {
            var exports = await node.Telemetry.ExportsAsync(signal);
            Assert.NotEmpty(exports);
            Assert.Empty(exports.Select(node.Canaries.FirstIn).Where(canary => canary is not null).Distinct());
        }

        // The hub and the walkthrough's users are no part of the node.
        var lines = (await node.Project.LogsAsync()).Split('\n').Where(line => line.StartsWith("gateway", StringComparison.Ordinal)
            || line.StartsWith("directory", StringComparison.Ordinal) || line.StartsWith("relay", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(lines);
        Assert.Empty(lines.Select(node.Canaries.FirstIn).Where(canary => canary is not null).Distinct());
    }

    /// <summary>The spans of a test in which one message was sent.</summary>
    private sealed class Spans(IReadOnlyList<ExportedSpan> all)
    {
        public ExportedSpan Root => all.Single(span => span is { Service: Gateway, Name: "nymchat send", ParentId: "" });

        public bool IsComplete => all.Any(span => span.Name == "nymchat send")
            && all.Any(span => span.Name == "settle") && all.Any(span => span.Name == "deliver to nym-client") && all.Any(span => span.Name == "nymchat deliver");

        public IEnumerable<ExportedSpan> Of(string trace) => all.Where(span => span.TraceId == trace)
            .OrderBy(span => span.Service switch { Gateway => 0, Relay => 1, _ => 2 });

        public ExportedSpan Child(ExportedSpan parent, string service, string name) =>
            all.Single(span => span.TraceId == parent.TraceId && span.ParentId == parent.SpanId && span.Service == service && span.Name == name);

        public ExportedSpan Delivery(ExportedSpan origin) => all.Single(span =>
            span is { Service: Relay, Name: "nymchat deliver", ParentId: "" } && span.Links.Contains((origin.TraceId, origin.SpanId)));

        public void AssertCarried(ExportedSpan item, string by)
        {
            var (trace, id) = Assert.Single(item.Links);
            var server = all.Single(span => span.TraceId == trace && span.SpanId == id);
            Assert.Equal(item.Service, server.Service);
            var client = all.Single(span => span.TraceId == trace && span.SpanId == server.ParentId);
            Assert.Equal(by, client.Service);
        }
    }
}
