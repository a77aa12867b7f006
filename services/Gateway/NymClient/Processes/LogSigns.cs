namespace NymDirectory.Gateway.NymClient.Processes;

/// <summary>What one process has said so far, as far as it decides anything.</summary>
internal sealed record LogSigns
{
    /// <summary>Its SURB store was written after everything else: nothing can have changed since.</summary>
    public bool Flushed { get; init; }

    public bool PortInUse { get; init; }

    /// <summary>With one more line.</summary>
    public LogSigns With(LogSign sign) => sign switch
    {
        LogSign.Flushed => this with { Flushed = true },
        LogSign.FlushFailed or LogSign.StoreLost => this with { Flushed = false },
        LogSign.PortInUse => this with { PortInUse = true },
        _ => this,
    };
}
