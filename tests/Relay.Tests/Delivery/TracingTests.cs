using System.Collections.Concurrent;
using System.Diagnostics;
using NymDirectory.Contracts.V1;
using NymDirectory.Relay.Tests.Fakes;
using NymDirectory.TestKit;

namespace NymDirectory.Relay.Tests.Delivery;

public sealed class TracingTests : IDisposable
{
    private static readonly Vectors.MessageVector First = Vectors.Load().Sends[0];

    private readonly ConcurrentQueue<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public TracingTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "NymDirectory.Relay",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Forward_Traced_DeliveryIsATraceOfItsOwnLinkedAsConfigured(bool link)
    {
        await using var node = await Node.StartAsync([$"--Telemetry:LinkDelivery={link}"]);
        var delivery = node.Leased();
        node.Directory.Accept = _ => new AcceptOutcome { Leased = delivery };
        var caller = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        var item = Node.Item(First.Content, First.Signature);
        item.Context.Traceparent = $"00-{caller.TraceId}-{caller.SpanId}-01";

        await node.ForwardAsync(item);
        await Eventually.True(() => node.Gateway.DeliveryIds.Any());
        var sent = node.Gateway.Lists.Single().Items.Single();
        await Eventually.True(() => _ended.Any(span => span.Id == sent.Traceparent));

        var forward = _ended.Single(span => span.TraceId == caller.TraceId && span.OperationName == "forward");
        Assert.Equal(caller.SpanId, forward.ParentSpanId);
        Assert.Equal("accepted", forward.GetTagItem("outcome"));
        Assert.Equal(forward.Id, node.Directory.Accepts.Single().Context.Traceparent);

        var verify = _ended.Single(span => span.TraceId == caller.TraceId && span.OperationName == "verify");
        Assert.Equal(forward.SpanId, verify.ParentSpanId);

        var deliver = _ended.Single(span => span.Id == sent.Traceparent);
        Assert.Equal("nymchat deliver", deliver.OperationName);
        Assert.Equal(default, deliver.ParentSpanId);
        Assert.NotEqual(caller.TraceId, deliver.TraceId);
        Assert.Equal(link ? [forward.Context] : [], deliver.Links.Select(other => other.Context));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Forward_TracedAndAnswered_DeliveryIsATraceOfItsOwnLinkedAsConfigured(bool link)
    {
        await using var node = await Node.StartAsync([$"--Telemetry:LinkDelivery={link}"]);
        node.Directory.Accept = _ => new AcceptOutcome { Leased = node.Leased() };
        var caller = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        var item = Node.Item(First.Content, First.Signature);
        item.Context.Traceparent = $"00-{caller.TraceId}-{caller.SpanId}-01";

        var response = await node.Client.ForwardAsync(new ForwardRequest { Items = { item }, TakesDeliveries = true });

        await Eventually.True(() => _ended.Any(span => span.TraceId == caller.TraceId && span.OperationName == "forward"));
        var forward = _ended.Single(span => span.TraceId == caller.TraceId && span.OperationName == "forward");
        var deliver = _ended.Single(span => span.Id == response.Deliveries.Single().Traceparent);
        Assert.Equal(("nymchat deliver", default(ActivitySpanId), "answered"), (deliver.OperationName, deliver.ParentSpanId, deliver.GetTagItem("outcome")));
        Assert.NotEqual(caller.TraceId, deliver.TraceId);
        Assert.Equal(link ? [forward.Context] : [], deliver.Links.Select(other => other.Context));
    }

    [Fact]
    public async Task Due_Delivered_IsATraceOfItsOwn()
    {
        await using var node = await Node.StartAsync();
        await node.Directory.Due.Writer.WriteAsync(new LeaseDueResponse { Deliveries = { node.Leased(), node.Leased() } });
        await Eventually.True(() => node.Gateway.DeliveryIds.Count() == 2);
        var sent = node.Gateway.Lists.SelectMany(list => list.Items).Select(item => item.Traceparent).ToList();
        await Eventually.True(() => sent.All(traceparent => _ended.Any(span => span.Id == traceparent)));
        var spans = _ended.Where(span => sent.Contains(span.Id!)).ToList();
        Assert.All(spans, span => Assert.Equal(default, span.ParentSpanId));
        Assert.All(spans, span => Assert.Empty(span.Links));
        Assert.Equal(2, spans.Select(span => span.TraceId).Distinct().Count());
    }
}
