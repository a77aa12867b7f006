using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace NymDirectory.Localnet.Logging;

/// <summary>Writes lines that look like nym-client's, colours and all. A category is a Rust module.</summary>
internal sealed class RustLogProvider(RustLogFilter filter, Action<string> write, TimeProvider time) : ILoggerProvider
{
    private readonly ConcurrentDictionary<string, ILogger> _loggers = new();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) =>
        _loggers.GetOrAdd(categoryName, module => new RustLogger(module, filter, write, time));

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
