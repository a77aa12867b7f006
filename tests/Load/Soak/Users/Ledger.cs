using System.Collections.Concurrent;

namespace NymDirectory.Load.Soak.Users;

/// <summary>Every text that was sent, what its sender was told, and how often it arrived.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private long _unknown;

    /// <summary>Texts that arrived and that nobody had sent to that user.</summary>
    public long Unknown => Interlocked.Read(ref _unknown);

    public int Sent => _entries.Count;

    public int Accepted => Count(entry => entry.Told == Told.Accepted);

    public int Refused => Count(entry => entry.Told == Told.Refused);

    /// <summary>The node did not answer, or said that a part of it did not: both may have happened.</summary>
    public int Undecided => Count(entry => entry.Told == Told.Nothing);

    /// <summary>Different texts that arrived: what the node must have accepted, told or not.</summary>
    public int Delivered => Count(entry => entry.Arrivals > 0);

    public int Missing => Count(entry => entry is { Told: Told.Accepted, Arrivals: 0 });

    public int Twice => Count(entry => entry.Arrivals > 1);

    public int RefusedAndArrived => Count(entry => entry is { Told: Told.Refused, Arrivals: > 0 });

    public void Begin(string recipient, string text) => _entries[Key(recipient, text)] = new Entry();

    public void Tell(string recipient, string text, Told told) => _entries[Key(recipient, text)].Told = told;

    public void Arrived(string recipient, string text)
    {
        if (_entries.TryGetValue(Key(recipient, text), out var entry))
        {
            entry.Arrive();
        }
        else
        {
            Interlocked.Increment(ref _unknown);
        }
    }

    /// <summary>Some of those that are missing or came twice, for whoever looks into it.</summary>
    public IEnumerable<string> Wrong() => _entries
        .Where(pair => pair.Value is { Told: Told.Accepted, Arrivals: not 1 } or { Arrivals: > 1 } or { Told: Told.Refused, Arrivals: > 0 })
        .Take(10)
        .Select(pair => $"{pair.Key[..Math.Min(pair.Key.Length, 60)]}: told {pair.Value.Told}, arrived {pair.Value.Arrivals} times");

    private int Count(Func<Entry, bool> condition) => _entries.Values.Count(condition);

    // Texts begin with their number and sender, so the beginning tells them apart; kept short, since an hour has many.
    private static string Key(string recipient, string text) => $"{recipient} {text[..Math.Min(text.Length, 60)]} {text.Length}";

    private sealed class Entry
    {
        private int _arrivals;

        public Told Told { get; set; }

        public int Arrivals => Volatile.Read(ref _arrivals);

        public void Arrive() => Interlocked.Increment(ref _arrivals);
    }
}
