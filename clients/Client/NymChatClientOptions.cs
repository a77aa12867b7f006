using System.ComponentModel.DataAnnotations;
using NymDirectory.Mixnet;
using NymDirectory.Signatures;

namespace NymDirectory.Client;

/// <summary>How a client talks to its node. The defaults suit the real Nym network.</summary>
public sealed record NymChatClientOptions
{
    /// <summary>The node's nym address.</summary>
    [Required]
    public required NymAddress Node { get; init; }

    /// <summary>The node's public key, as its operator publishes it. Without it an <see cref="INodeKeyStore"/> is
    /// needed, and a node that answers <c>info</c>: the nodes of before do not.</summary>
    public P256PublicKey? NodeKey { get; init; }

    /// <summary>How long one attempt waits for its answer. When a node runs short of SURBs, nym-client needs up to 15 s to get some.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a request is sent before <see cref="NodeSilentException"/>. A message is sent again with the very same bytes.</summary>
    [Range(1, 20)]
    public int Attempts { get; init; } = 4;

    /// <summary>
    /// SURBs that the node's nym-client never spends on answers: it holds back the last 10 of each sender tag (only to ask for more), so they are attached
    /// once and renewed when they may have died.
    /// </summary>
    [Range(0, 100)]
    public int SurbReserve { get; init; } = 10;

    /// <summary>SURBs kept at the node for answers to requests; a short answer is one packet, one SURB.</summary>
    [Range(1, 100)]
    public int SurbsForAnswers { get; init; } = 4;

    /// <summary>Further SURBs kept at the node once logged in, so that messages of others can be pushed; a short one is one packet.</summary>
    [Range(0, 200)]
    public int SurbsForMessages { get; init; } = 20;

    /// <summary>
    /// After this time SURBs count as spent and are attached anew: they die between 1 and 25 hours after they were made, when the network's keys
    /// rotate.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan SurbLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// A direct message is believed to have arrived when anything comes directly from that contact after it. When nothing does for this time, the
    /// unconfirmed ones are sent again through the node, the same signed content, and the contact's direct address is given up until the next
    /// handshake. Clients of this library drop what they got twice; existing nymCHAT clients show it twice.
    /// <see cref="Timeout.InfiniteTimeSpan"/>: never.
    /// </summary>
    public TimeSpan DirectSilence { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Whether the node is asked to keep each message until it was acknowledged. Nodes that know nothing of it ignore that; messages then come without ids and are handed over
    /// as they come.
    /// </summary>
    public bool Acknowledge { get; init; } = true;

    /// <summary>When a message counts as handed over, and is acknowledged.</summary>
    public HandoverPoint Handover { get; init; }

    /// <summary>
    /// How long an acknowledgement waits for further ones, since each costs packets. The node sends again what was not acknowledged within 30 s; to a client that acknowledges
    /// late it sends a backlog slowly.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan AcknowledgeDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long a message is held back for earlier ones of the same sender; <see cref="TimeSpan.Zero"/>: not at all. Long enough by default for the node to send a lost one
    /// again. While no number of that sender is known at most 3 s, which is enough for what was overtaken.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan OrderPatience { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>The largest <c>content</c> that is sent, in bytes; larger ones are refused without asking the node.</summary>
    [Range(1024, 1024 * 1024)]
    public int MaxContentBytes { get; init; } = 128 * 1024;

    /// <summary>How many received messages wait for the caller; what comes when it is full is dropped and counted.</summary>
    [Range(1, 1_000_000)]
    public int ReceiveCapacity { get; init; } = 10_000;

    internal void Validate()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        if (DirectSilence <= TimeSpan.Zero && DirectSilence != Timeout.InfiniteTimeSpan)
        {
            throw new ValidationException("DirectSilence must be positive, or Timeout.InfiniteTimeSpan.");
        }
    }
}
