using System.ComponentModel.DataAnnotations;

namespace NymDirectory.Mixnet;

/// <summary>How one connection behaves.</summary>
public sealed record NymClientSessionOptions
{
    /// <summary>
    /// Takes each message that arrived, in order. It is called by the reader, which stands still meanwhile: it must not block, and counts itself what it
    /// cannot take. If it throws, the session ends.
    /// </summary>
    public required Action<ReceivedResponse> OnReceived { get; init; }

    /// <summary>Counts what was dropped. Called by the reader: it must not block.</summary>
    public Action<NymDropReason>? OnDropped { get; init; }

    /// <summary>Messages from nym-client longer than this, in bytes, are dropped; requests longer than this are refused. Default: 4 MB.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxMessageBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>How many requests can be without an answer at a time; further ones wait for a place. Default: 32.</summary>
    [Range(1, 1024)]
    public int MaxUnanswered { get; init; } = 32;

    /// <summary>How long TCP connect and websocket handshake can take together. Default: 10 s.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long closing can take; then the connection is cut. nym-client finishes what it has queued before it lets go. Default: 5 s.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
