using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace NymDirectory.TestKit;

/// <summary>Keeps every log line, at every level, and fails the test on an error that it did not expect.</summary>
public sealed class RecordingLoggerProvider : ILoggerProvider
{
    private readonly ConcurrentQueue<Entry> _entries = [];

    public IReadOnlyCollection<Entry> Entries => _entries;

    /// <summary>Every line, as a person would read it, exceptions included.</summary>
    public string Text => string.Join('\n', _entries.Select(entry => entry.ToString()));

    /// <summary>Throws when an error was logged, but for those whose text has one of <paramref name="expected"/>.</summary>
    public void AssertNoErrors(params string[] expected)
    {
        var errors = _entries.Where(entry => entry.Level >= LogLevel.Error && !expected.Any(entry.ToString().Contains)).ToList();
        if (errors.Count > 0)
        {
            throw new InvalidOperationException("Unexpected errors were logged:\n" + string.Join('\n', errors));
        }
    }

    public ILogger CreateLogger(string categoryName) => new Recorder(categoryName, _entries);

    public void Dispose()
    {
    }

    public sealed record Entry(LogLevel Level, string Category, int EventId, string Message, Exception? Exception)
    {
        public override string ToString() => $"{Level} {Category}[{EventId}] {Message} {Exception}";
    }

    private sealed class Recorder(string category, ConcurrentQueue<Entry> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.Enqueue(new Entry(logLevel, category, eventId.Id, formatter(state, exception), exception));
    }
}
