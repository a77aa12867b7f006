using System.Diagnostics;
using NymDirectory.DirectoryService.Telemetry;
using NymDirectory.Hosting.Telemetry;

namespace NymDirectory.DirectoryService.Requests;

/// <summary>The spans of a list whose items are written in one commit: each item's own, and in it the wait for that commit.</summary>
internal sealed class ItemSpans : IDisposable
{
    private readonly List<(Activity? Item, Activity? Commit)> _spans;

    private ItemSpans(List<(Activity? Item, Activity? Commit)> spans) => _spans = spans;

    public static ItemSpans Start(string name, IEnumerable<string> traceparents) =>
        new(DirectorySpans.Source.HasListeners() ? [.. traceparents.Select(traceparent => StartOne(name, traceparent))] : []);

    public void SetOutcome(int index, string outcome)
    {
        if (index < _spans.Count)
        {
            _spans[index].Item?.SetTag(DirectoryTelemetry.OutcomeLabel, outcome);
        }
    }

    public void Dispose()
    {
        foreach (var (item, commit) in _spans)
        {
            commit?.Dispose();
            item?.Dispose();
        }
    }

    private static (Activity? Item, Activity? Commit) StartOne(string name, string traceparent)
    {
        // Starting a span makes it the present one; the next item is not its child.
        var carrier = Activity.Current;
        var item = ItemTrace.Start(DirectorySpans.Source, name, ActivityKind.Internal, traceparent);
        var commit = item is null ? null : DirectorySpans.Source.StartActivity(DirectoryTelemetry.CommitSpan, ActivityKind.Internal, item.Context);
        Activity.Current = carrier;
        return (item, commit);
    }
}
