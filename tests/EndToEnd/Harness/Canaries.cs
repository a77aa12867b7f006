using System.Collections.Concurrent;
using System.Text;

namespace NymDirectory.EndToEnd.Harness;

/// <summary>Texts that nothing of the node may repeat outside the conversation itself: names, addresses, keys, content.</summary>
internal sealed class Canaries
{
    // Shorter ones turn up by chance.
    private const int Shortest = 8;

    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);

    public void Add(string what, string text)
    {
        if (text.Length >= Shortest)
        {
            _texts.TryAdd(text, what);
        }
    }

    /// <summary>A PEM, by the first line of its own that is not the same for all keys.</summary>
    public void AddPem(string what, string pem) => Add(what, pem.Split('\n')[1][40..]);

    /// <summary>What the first canary in a text is; null: none is.</summary>
    public string? FirstIn(string text) =>
        _texts.Where(canary => text.Contains(canary.Key, StringComparison.Ordinal)).Select(canary => canary.Value).FirstOrDefault();

    /// <summary>What the first canary in some bytes is; null: none is.</summary>
    public string? FirstIn(byte[] bytes) =>
        _texts.Where(canary => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(canary.Key)) >= 0).Select(canary => canary.Value).FirstOrDefault();
}
