using System.Diagnostics;

namespace NymDirectory.Hosting.Telemetry;

/// <summary>
/// Spans of items. A call between services carries many items, so the call's own span cannot be their parent: each item brings its
/// caller's <c>traceparent</c>, and its span is linked to the span of the call that carried it.
/// </summary>
public static class ItemTrace
{
    /// <summary>
    /// Starts an item's span as a child of <paramref name="traceparent"/>, linked to the present span. Null when nobody listens, or when
    /// the item is not traced: whether it is was decided where its trace began.
    /// </summary>
    public static Activity? Start(ActivitySource source, string name, ActivityKind kind, string traceparent)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!source.HasListeners() || !ActivityContext.TryParse(traceparent, null, isRemote: true, out var parent)
            || (parent.TraceFlags & ActivityTraceFlags.Recorded) == 0)
        {
            return null;
        }

        var carrier = Activity.Current?.Context;
        return source.StartActivity(name, kind, parent, links: carrier is { } context ? [new ActivityLink(context)] : null);
    }

    /// <summary>Starts a span of a trace of its own, whatever the present span is.</summary>
    public static Activity? StartRoot(ActivitySource source, string name, ActivityKind kind, params ReadOnlySpan<ActivityLink> links)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!source.HasListeners())
        {
            return null;
        }

        Activity.Current = null;
        return source.StartActivity(name, kind, parentContext: default, links: links.ToArray());
    }

    /// <summary>
    /// What an item carries of <paramref name="activity"/>: W3C traceparent, or empty when it is not traced. Where few traces are kept most
    /// items are not, and their spans would be made in every service to be thrown away.
    /// </summary>
    public static string Traceparent(Activity? activity) => activity is { Recorded: true } ? activity.Id ?? string.Empty : string.Empty;
}
