using NymDirectory.Gateway.NymClient.Link;
using NymDirectory.Gateway.NymClient.Shortage;

namespace NymDirectory.Gateway.NymClient.Processes;

/// <summary>
/// When one nym-client has run for long enough: it remembers the id of each message it ever received and takes a new one with an old id for a copy. A restart
/// waits for a moment in which nothing is under way, but not for ever.
/// </summary>
internal sealed class RestartPlan(Arrivals arrivals, ReplyPump pump, LaneWatch lanes, TimeProvider time, NymClientOptions options)
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly long _received = arrivals.Count;
    private readonly long _since = time.GetTimestamp();

    /// <summary>Messages received so far.</summary>
    public long Messages => arrivals.Count - _received;

    /// <summary>How long it has been there.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_since);

    private bool IsDue =>
        (options.RestartAfterMessages > 0 && Messages >= options.RestartAfterMessages)
        || (options.RestartAfter > TimeSpan.Zero && Elapsed >= options.RestartAfter);

    private bool IsQuiet => pump.Unanswered == 0 && lanes.Withheld == 0;

    /// <summary>Ends when it is time, and the moment is good.</summary>
    public async Task DueAsync(CancellationToken cancellationToken)
    {
        for (long? due = null; due is not { } since || !(IsQuiet || time.GetElapsedTime(since) >= LongestWait);)
        {
            await Task.Delay(Glance, time, cancellationToken);
            due ??= IsDue ? time.GetTimestamp() : null;
        }
    }
}
