namespace NymDirectory.Client.Receiving;

/// <summary>Holds the messages of senders that are no contacts until the node said who they are. Bounded, since strangers fill it.</summary>
internal sealed class Strangers
{
    private const int MaxSenders = 64;
    private const int MaxBytes = 8 * 1024 * 1024;

    private readonly Dictionary<string, List<Incoming>> _held = new(StringComparer.Ordinal);
    private int _bytes;

    /// <summary>Holds a message; false: there is no room. <paramref name="isFirst"/>: nobody looks for this sender yet.</summary>
    public bool TryHold(Incoming incoming, out bool isFirst)
    {
        var message = incoming.Message;
        isFirst = !_held.TryGetValue(message.Sender, out var messages);
        if (_bytes + message.Size > MaxBytes || (isFirst && _held.Count >= MaxSenders))
        {
            return false;
        }

        messages ??= _held[message.Sender] = [];
        messages.Add(incoming);
        _bytes += message.Size;
        return true;
    }

    /// <summary>Whether messages of that sender are held: later ones then queue behind them.</summary>
    public bool Holds(string sender) => _held.ContainsKey(sender);

    /// <summary>Takes a sender's messages out, in order.</summary>
    public IReadOnlyList<Incoming> Release(string sender)
    {
        if (!_held.Remove(sender, out var messages))
        {
            return [];
        }

        _bytes -= messages.Sum(incoming => incoming.Message.Size);
        return messages;
    }
}
