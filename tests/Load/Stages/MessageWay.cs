using NymDirectory.EndToEnd.Telemetry;

namespace NymDirectory.Load.Stages;

/// <summary>One message's way through the node, as the spans of its request, and of its delivery if that is known, tell it.</summary>
internal sealed class MessageWay
{
    private readonly double?[] _milliseconds = new double?[Enum.GetValues<Stage>().Length];

    private MessageWay(DateTimeOffset began) => Began = began;

    /// <summary>When its request began.</summary>
    public DateTimeOffset Began { get; }

    /// <summary>How long a stage took; null when its spans did not come: traces are kept one by one, and a delivery has its own.</summary>
    public double? Milliseconds(Stage stage) => _milliseconds[(int)stage];

    /// <summary>Puts spans together, those of <c>send</c>s that went all the way to the disk at the first try.</summary>
    public static IReadOnlyList<MessageWay> Of(IEnumerable<ExportedSpan> spans)
    {
        var all = spans.ToList();
        var traces = all.ToLookup(span => span.TraceId);
        // Deliveries are roots of traces of their own, and linked to what brought the message.
        var deliveries = all.Where(span => span.Name == "nymchat deliver" && span.Links.Count > 0).ToLookup(span => span.Links[0].SpanId, span => span.TraceId);
        return [.. all.Where(span => span.Name == "nymchat send").Select(root => Of(root, traces, deliveries)).OfType<MessageWay>()];
    }

    private static MessageWay? Of(ExportedSpan root, ILookup<string, ExportedSpan> traces, ILookup<string, string> deliveries)
    {
        var trace = traces[root.TraceId].ToLookup(span => span.Name);
        if (Only(trace["forward"]) is not { } forward || Only(trace["verify"]) is not { } verify
            || Only(trace["accept"]) is not { } accept || Only(trace["commit"]) is not { } commit)
        {
            return null;
        }

        var way = new MessageWay(DateTimeOffset.UnixEpoch.AddTicks((long)(root.Start / 100)));
        way.Set(Stage.ToRelay, root.Start, forward.Start);
        way.Set(Stage.Check, forward.Start, verify.End);
        way.Set(Stage.ToDirectory, verify.End, accept.Start);
        way.Set(Stage.Commit, accept.Start, commit.End);
        way.Set(Stage.Answer, commit.End, root.End);
        if (Only(deliveries[forward.SpanId]) is { } delivery && Only(traces[delivery].Where(span => span.Name == "deliver to nym-client")) is { } handedOver)
        {
            way.Set(Stage.Delivery, commit.End, handedOver.End);
            way.Set(Stage.Whole, root.Start, handedOver.End);
        }

        return way;
    }

    private static T? Only<T>(IEnumerable<T> all)
        where T : class => all.Take(2).ToList() is [var only] ? only : null;

    private void Set(Stage stage, ulong from, ulong to) => _milliseconds[(int)stage] = ((double)to - from) / 1e6;
}
