using System.Collections.Concurrent;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Harness;

/// <summary>Every line that the programs of a node wrote.</summary>
internal sealed class NodeOutput
{
    private readonly ConcurrentQueue<Line> _lines = new();

    public IEnumerable<Line> Lines => _lines;

    /// <summary>How many lines there are: where to look from later.</summary>
    public int Mark => _lines.Count;

    public void Add(string program, string text) => _lines.Enqueue(new Line(program, text));

    public IEnumerable<string> Of(string program, int since = 0) =>
        _lines.Skip(since).Where(line => line.Program == program).Select(line => line.Text);

    /// <summary>Waits until a program says something.</summary>
    public Task SaysAsync(string program, string part, int since = 0, TimeSpan? timeout = null) => Eventually.True(
        () => Of(program, since).Any(text => text.Contains(part, StringComparison.Ordinal)), timeout, $"{program} says '{part}'");

    public sealed record Line(string Program, string Text)
    {
        public override string ToString() => $"{Program} | {Text}";
    }
}
