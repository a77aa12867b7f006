using System.Diagnostics;
using NymDirectory.Hosting.Telemetry;

namespace NymDirectory.Hosting.Tests;

public sealed class ItemTraceTests
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public void Start_WithParentInsideACall_IsItsChildAndLinkedToTheCall()
    {
        using var listener = Listen();
        using var source = new ActivitySource(nameof(ItemTraceTests));
        using var call = source.StartActivity("call")!;
        using var item = ItemTrace.Start(source, "item", ActivityKind.Internal, Parent)!;
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", item.TraceId.ToHexString());
        Assert.Equal("b7ad6b7169203331", item.ParentSpanId.ToHexString());
        Assert.Equal(call.SpanId, Assert.Single(item.Links).Context.SpanId);
        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", ItemTrace.Traceparent(item), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    public void Start_WithoutParent_MakesNoSpan(string traceparent)
    {
        using var listener = Listen();
        using var source = new ActivitySource(nameof(ItemTraceTests));
        Assert.Null(ItemTrace.Start(source, "item", ActivityKind.Internal, traceparent));
        Assert.Equal(string.Empty, ItemTrace.Traceparent(null));
    }

    [Fact]
    public void Start_ParentThatIsNotKept_MakesNoSpan()
    {
        using var listener = Listen();
        using var source = new ActivitySource(nameof(ItemTraceTests));
        Assert.Null(ItemTrace.Start(source, "item", ActivityKind.Internal, Parent[..^1] + "0"));
    }

    [Fact]
    public void Traceparent_OfASpanThatIsNotKept_IsEmpty()
    {
        using var listener = Listen(ActivitySamplingResult.PropagationData);
        using var source = new ActivitySource(nameof(ItemTraceTests));
        using var root = ItemTrace.StartRoot(source, "root", ActivityKind.Server)!;
        Assert.NotNull(root.Id);
        Assert.Equal(string.Empty, ItemTrace.Traceparent(root));
    }

    [Fact]
    public void StartRoot_InsideACall_IsATraceOfItsOwn()
    {
        using var listener = Listen();
        using var source = new ActivitySource(nameof(ItemTraceTests));
        using var call = source.StartActivity("call")!;
        using var root = ItemTrace.StartRoot(source, "root", ActivityKind.Server)!;
        Assert.NotEqual(call.TraceId, root.TraceId);
        Assert.Null(root.ParentId);
    }

    private static ActivityListener Listen(ActivitySamplingResult sampling = ActivitySamplingResult.AllDataAndRecorded)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == nameof(ItemTraceTests),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => sampling,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
