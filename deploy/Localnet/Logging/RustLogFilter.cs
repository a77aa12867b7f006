using Microsoft.Extensions.Logging;

namespace NymDirectory.Localnet.Logging;

/// <summary>
/// Which lines <c>RUST_LOG</c> lets through: a level, or <c>module=level</c>, or several with commas between; the longest module that fits
/// counts.
/// </summary>
internal sealed class RustLogFilter
{
    private readonly List<(string Module, LogLevel Level)> _directives = [];

    /// <summary>Reads the variable; what cannot be read is passed over, as there.</summary>
    public RustLogFilter(string? text)
    {
        _directives.Add(("", string.IsNullOrWhiteSpace(text) ? LogLevel.Information : LogLevel.Error));
        foreach (var directive in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            Add(directive.Split('=', 2, StringSplitOptions.TrimEntries));
        }
    }

    /// <summary>Whether a module's lines of a level are written.</summary>
    public bool IsEnabled(string module, LogLevel level)
    {
        var best = _directives.Where(directive => Fits(module, directive.Module)).MaxBy(directive => directive.Module.Length);
        return level >= best.Level;
    }

    private static bool Fits(string module, string prefix) =>
        prefix.Length == 0 || module == prefix || module.StartsWith(prefix + "::", StringComparison.Ordinal);

    private void Add(string[] parts)
    {
        if (parts.Length == 2)
        {
            Put(parts[0], ParseLevel(parts[1]));
        }
        else if (ParseLevel(parts[0]) is { } level)
        {
            Put("", level);
        }
        else
        {
            Put(parts[0], LogLevel.Trace);
        }
    }

    private void Put(string module, LogLevel? level)
    {
        if (level is { } known)
        {
            _directives.RemoveAll(directive => directive.Module == module);
            _directives.Add((module, known));
        }
    }

    private static LogLevel? ParseLevel(string text) => text.ToUpperInvariant() switch
    {
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "INFO" => LogLevel.Information,
        "WARN" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "OFF" => LogLevel.None,
        _ => null,
    };
}
