using Google.Protobuf;
using NymDirectory.Gateway.NymClient;

namespace NymDirectory.Gateway.Replies;

/// <summary>
/// Which deliveries are queued or were taken, so that one handed over again is not sent twice. Remembers all that are pending
/// and the latest of those taken.
/// </summary>
internal sealed class DeliveryMemory(int maxTaken)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, Entry> _entries = [];
    private readonly Queue<(ulong Id, RunId Run, uint Round)> _taken = new();

    /// <summary>How many are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>
    /// Says whether a delivery was seen in this run and round. A new one is reserved: it must be <see cref="Finish">finished</see> or
    /// <see cref="Forget">forgotten</see>. A pending one continues under the lease given now, since the older one has ended.
    /// </summary>
    public DeliverySeen Reserve(ulong id, RunId run, uint round, ByteString lease)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(id, out var entry) || entry.Run != run || entry.Round < round)
            {
                _entries[id] = new Entry(run, round, lease, IsTaken: false);
                return DeliverySeen.New;
            }

            if (entry.Round > round)
            {
                return DeliverySeen.Superseded;
            }

            if (entry.IsTaken)
            {
                return DeliverySeen.Taken;
            }

            _entries[id] = entry with { Lease = lease };
            return DeliverySeen.Pending;
        }
    }

    /// <summary>Its fate is known. Taken ones are remembered; the others may be queued again.</summary>
    /// <returns>The lease under which it was last handed over; null when it was handed over anew in another run or round.</returns>
    public ByteString? Finish(ulong id, RunId run, uint round, bool taken)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(id, out var entry) || entry.Run != run || entry.Round != round)
            {
                return null;
            }

            if (taken)
            {
                // Nobody asks for its lease any more, and very many are remembered.
                _entries[id] = entry with { IsTaken = true, Lease = null };
                _taken.Enqueue((id, run, round));
                Trim();
            }
            else
            {
                _entries.Remove(id);
            }

            return entry.Lease;
        }
    }

    /// <summary>There was no room: it is as if it had never come.</summary>
    public void Forget(ulong id, RunId run, uint round) => Finish(id, run, round, taken: false);

    private void Trim()
    {
        while (_taken.Count > maxTaken)
        {
            var (id, run, round) = _taken.Dequeue();
            if (_entries.TryGetValue(id, out var entry) && entry.IsTaken && entry.Run == run && entry.Round == round)
            {
                _entries.Remove(id);
            }
        }
    }

    private readonly record struct Entry(RunId Run, uint Round, ByteString? Lease, bool IsTaken);
}
