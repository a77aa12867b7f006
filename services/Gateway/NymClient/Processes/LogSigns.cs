namespace NymDirectory.Gateway.NymClient.Processes;

/// <summary>What one process has said so far, as far as it decides anything.</summary>
internal sealed record LogSigns
{
    /// <summary>Its SURB store was written after everything else: nothing can have changed since.</summary>
    public bool Flushed { get; init; }

    /// <summary>It began to write its SURB store.</summary>
    public bool Flushing { get; init; }

    /// <summary>It said itself that the SURB store could not be written.</summary>
    public bool FlushFailed { get; init; }

    public bool PortInUse { get; init; }

    /// <summary>With one more line.</summary>
    public LogSigns With(LogSign sign) => sign switch
    {
        LogSign.Flushing => this with { Flushing = true },
        LogSign.Flushed => this with { Flushed = true },
        LogSign.FlushFailed or LogSign.StoreLost or LogSign.StoreUnusable => this with { Flushed = false, FlushFailed = sign == LogSign.FlushFailed },
        LogSign.PortInUse => this with { PortInUse = true },
        _ => this,
    };
}
