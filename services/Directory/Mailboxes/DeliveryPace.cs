using NymDirectory.DirectoryService.Accounts;

namespace NymDirectory.DirectoryService.Mailboxes;

/// <summary>How long things last on the way to the recipient, in milliseconds.</summary>
internal static class DeliveryPace
{
    /// <summary>A Relay that dies costs this much.</summary>
    public const long Lease = 30_000;

    /// <summary>After a login nothing flows until its success was taken, or until then if nobody says so.</summary>
    public const long LoginFallback = 30_000;

    /// <summary>
    /// A connection that drops and comes back in the same run: messages wait a moment, or Relay and Gateway would pass them around
    /// as fast as they can.
    /// </summary>
    public const long SameRunPause = 2_000;

    /// <summary>The most messages of one mailbox under one lease.</summary>
    public const int MessagesPerLease = 16;

    /// <summary>
    /// What was taken has arrived by then or never will: nym-client asks for reply blocks for 35 s at most, and mixing takes a second.
    /// </summary>
    public const long FirstRetry = 30_000;

    /// <summary>The longest that a message waits for its next try. What seems to wait for longer is a clock that was set back.</summary>
    public const long LongestRetry = 3_600_000;

    /// <summary>Clients that do not acknowledge drop what overtakes its sender's first message: so much later it does not.</summary>
    public const long AfterIntroduction = 1_000;

    // Clients that do not acknowledge are not ready earlier, and packets overtake each other.
    private const long UnreadyAfterLogin = 2_500;

    /// <summary>How long messages wait once the login's success was taken.</summary>
    public static long AfterLogin(AccountFeatures features) => features.HasFlag(AccountFeatures.Ack) ? 0 : UnreadyAfterLogin;

    /// <summary>How long a message waits after it was tried in vain for the n-th time: doubling, capped.</summary>
    public static long AfterRefusal(int refusals) =>
        refusals is < 1 or > 7 ? LongestRetry : Math.Min(LongestRetry, FirstRetry << (refusals - 1));

    /// <summary>How long the oldest message of a quiet user waits after its n-th repetition.</summary>
    public static long AfterProbe(int probes) => AfterRefusal(probes + 1);
}
