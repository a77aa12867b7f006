using System.Globalization;
using Microsoft.Extensions.Logging;

namespace NymDirectory.Localnet.Logging;

/// <summary>One module's log.</summary>
internal sealed class RustLogger : ILogger
{
    private const string Reset = "\e[0m";
    private const string Dim = "\e[2m";

    private readonly string _module;
    private readonly Action<string> _write;
    private readonly TimeProvider _time;
    private readonly bool[] _enabled;

    /// <summary>Asks the filter once: lines are many.</summary>
    public RustLogger(string module, RustLogFilter filter, Action<string> write, TimeProvider time)
    {
        (_module, _write, _time) = (module, write, time);
        _enabled = [.. Enumerable.Range(0, (int)LogLevel.None).Select(level => filter.IsEnabled(module, (LogLevel)level))];
    }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel < LogLevel.None && _enabled[(int)logLevel];

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            var now = _time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
            _write($"{Dim}{now}{Reset} {Level(logLevel)} {Dim}{_module}{Reset}{Dim}:{Reset} {formatter(state, exception)}\n");
        }
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "\e[35mTRACE" + Reset,
        LogLevel.Debug => "\e[34mDEBUG" + Reset,
        LogLevel.Information => "\e[32m INFO" + Reset,
        LogLevel.Warning => "\e[33m WARN" + Reset,
        _ => "\e[31mERROR" + Reset,
    };
}
