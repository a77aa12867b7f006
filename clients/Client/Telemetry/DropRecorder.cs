using Microsoft.Extensions.Logging;

namespace NymDirectory.Client.Telemetry;

/// <summary>No message goes without a trace: counts and logs each drop by its reason, and nothing else about it.</summary>
internal sealed class DropRecorder(ClientCounters counters, ILogger logger)
{
    /// <summary>Something was dropped.</summary>
    public void Record(DropReason reason)
    {
        counters.Drop(reason);
        ClientLog.Dropped(logger, reason);
    }
}
