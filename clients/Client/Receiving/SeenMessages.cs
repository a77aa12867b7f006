namespace NymDirectory.Client.Receiving;

/// <summary>
/// Remembers the latest messages, so that what comes again (once directly and once through the node, or twice from the node) is shown once. In memory,
/// so not beyond a restart.
/// </summary>
internal sealed class SeenMessages
{
    // 16 bytes each: a day of a busy conversation in some hundred kilobytes.
    private const int Capacity = 10_000;

    private readonly HashSet<UInt128> _ids = [];
    private readonly Queue<UInt128> _order = new();

    /// <summary>Whether it was added before.</summary>
    public bool Contains(UInt128 id) => _ids.Contains(id);

    /// <summary>Remembers it; the oldest is forgotten when there are too many.</summary>
    public void Add(UInt128 id)
    {
        if (!_ids.Add(id))
        {
            return;
        }

        _order.Enqueue(id);
        if (_order.Count > Capacity)
        {
            _ids.Remove(_order.Dequeue());
        }
    }
}
