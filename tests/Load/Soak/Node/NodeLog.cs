using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace NymDirectory.Load.Soak.Node;

/// <summary>What the programs of the node wrote: all of it in a file, the errors of the services at hand.</summary>
internal sealed partial class NodeLog(string path) : IDisposable
{
    private const int Kept = 20;

    private readonly TextWriter _file = TextWriter.Synchronized(new StreamWriter(path));
    private readonly ConcurrentQueue<string> _errors = new();
    private int _count;

    public int Errors => Volatile.Read(ref _count);

    /// <summary>The first ones.</summary>
    public IEnumerable<string> FirstErrors => _errors;

    public void Add(string program, string line)
    {
        _file.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {program}: {line}");
        if (ErrorLine().IsMatch(line) && Interlocked.Increment(ref _count) <= Kept)
        {
            _errors.Enqueue($"{program}: {line}");
        }
    }

    public void Dispose() => _file.Dispose();

    // The console logger's: time, level, category and message on one line.
    [GeneratedRegex(@"^(\S+ )?(fail|crit): |^Unhandled exception|^Process terminated")]
    private static partial Regex ErrorLine();
}
