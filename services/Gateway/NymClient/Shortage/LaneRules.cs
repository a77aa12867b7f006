namespace NymDirectory.Gateway.NymClient.Shortage;

/// <summary>
/// What nym-client 1.1.76 does with replies that lack reply blocks, and what we make of it. It asks the owner of the tag at once, after 10 s, then every 5 s, six
/// times; then it drops what waits, without a word, 30 to 45 s after it began to. A tag whose last reply blocks are over five minutes old it gives up at the
/// next tick of 5 s, whether an answer is on its way or not.
/// </summary>
internal static class LaneRules
{
    /// <summary>Whoever was heard of so lately has brought reply blocks: the first word that nothing waits is believed.</summary>
    public static readonly TimeSpan JustHeard = TimeSpan.FromSeconds(30);

    /// <summary>A lane without progress for so long comes to an end, whatever nym-client says.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    // Half a minute less than nym-client's five: its clock began when the blocks came, ours when the message was read.
    private static readonly TimeSpan StillCountedOn = TimeSpan.FromMinutes(4.5);

    // Less than the 30 s after which it may have dropped them.
    private static readonly TimeSpan NotYetDropped = TimeSpan.FromSeconds(25);

    private const int FirstPacket = 1601;
    private const int FurtherPacket = 1604;

    /// <summary>Whether nym-client still counts on a tag that was heard of so long ago.</summary>
    public static bool CountsOn(TimeSpan sinceHeard) => sinceHeard <= StillCountedOn;

    /// <summary>
    /// The lane was short and is empty now. Reply blocks came and everything left, or everything was dropped: nothing tells the two apart but the time it took, and
    /// whether its owner gave a sign of life. In doubt it was not sent: a message that comes twice is better than one that never does.
    /// </summary>
    public static ReplyFate Emptied(bool alive, TimeSpan sinceProgress) =>
        alive && sinceProgress < NotYetDropped ? ReplyFate.Taken : ReplyFate.Unsent;

    /// <summary>How many packets a reply of that length takes, and so how many reply blocks.</summary>
    public static int Packets(int length) => length <= FirstPacket ? 1 : 1 + ((length - FirstPacket + FurtherPacket - 1) / FurtherPacket);
}
