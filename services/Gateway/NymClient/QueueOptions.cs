using System.ComponentModel.DataAnnotations;

namespace NymDirectory.Gateway.NymClient;

/// <summary>Bounds of what waits between nym-client and the rest of the Gateway (section <c>Queues</c>).</summary>
internal sealed record QueueOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Queues";

    /// <summary>Received messages that wait to be handled; more are dropped and counted.</summary>
    [Range(1, 1_000_000)]
    public int IntakeMessages { get; init; } = 10_000;

    /// <summary>Bytes of received messages that wait to be handled.</summary>
    [Range(1024, 1L << 32)]
    public long IntakeBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Messages for others that wait to be accepted while nym-client cannot answer more; of one tag a quarter. More are dropped and counted.</summary>
    [Range(1, 1_000_000)]
    public int WaitingSends { get; init; } = 5_000;

    /// <summary>Bytes of messages for others that wait to be accepted.</summary>
    [Range(1024, 1L << 32)]
    public long WaitingSendBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Replies that wait for nym-client, in each of the two lanes.</summary>
    [Range(1, 1_000_000)]
    public int LaneEntries { get; init; } = 1_024;

    /// <summary>Bytes of replies that wait for nym-client, in each of the two lanes.</summary>
    [Range(1024, 1L << 32)]
    public long LaneBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Replies that nym-client was handed and has not answered yet.</summary>
    [Range(1, 1_000)]
    public int Unanswered { get; init; } = 32;
}
