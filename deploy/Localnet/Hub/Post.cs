using NymDirectory.Mixnet;

namespace NymDirectory.Localnet.Hub;

/// <summary>
/// One address at the hub: its connection, and what is kept for it while it is absent, as a Nym gateway does. Guarded by the <see
/// cref="PostOffice"/>.
/// </summary>
internal sealed class Post(NymAddress address)
{
    private const int MaxWaiting = 10_000;
    private const long MaxWaitingBytes = 64 << 20;

    private readonly Queue<(byte[] Payload, bool Copy)> _waiting = new();
    private long _waitingBytes;

    /// <summary>Whose it is, as text: what a setting may call it.</summary>
    public string AddressText { get; } = address.ToBase58();

    /// <summary>Its client's id.</summary>
    public string Id { get; private set; } = "";

    /// <summary>The connection; null while absent.</summary>
    public FrameStream? Connection { get; private set; }

    /// <summary>How much is kept.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>The client is here. Of two with the same keys, the later one gets everything.</summary>
    public int Join(string id, FrameStream connection)
    {
        Id = id;
        Connection = connection;
        var handed = 0;
        while (_waiting.TryPeek(out var kept) && Hand(kept.Payload, kept.Copy))
        {
            _waiting.Dequeue();
            _waitingBytes -= kept.Payload.Length;
            handed++;
        }

        return handed;
    }

    /// <summary>The connection has ended.</summary>
    public void Leave(FrameStream connection)
    {
        if (Connection == connection)
        {
            Connection = null;
        }
    }

    /// <summary>Hands a message over.</summary>
    public bool Hand(byte[] payload, bool copy) =>
        Connection?.TryWrite(FrameKind.Deliver, copy ? Mark.Copy : Mark.Original, payload) == true;

    /// <summary>Keeps a message for later, if there is room.</summary>
    public bool Keep(byte[] payload, bool copy)
    {
        if (_waiting.Count >= MaxWaiting || _waitingBytes + payload.Length > MaxWaitingBytes)
        {
            return false;
        }

        _waiting.Enqueue((payload, copy));
        _waitingBytes += payload.Length;
        return true;
    }

    private static class Mark
    {
        public static readonly byte[] Copy = [1];
        public static readonly byte[] Original = [0];
    }
}
