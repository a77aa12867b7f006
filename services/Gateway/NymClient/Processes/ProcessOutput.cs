using NymDirectory.Mixnet;

namespace NymDirectory.Gateway.NymClient.Processes;

/// <summary>Reads all that one process says, for as long as it lives, and remembers what decides anything.</summary>
internal sealed class ProcessOutput(NymClientProcess process, NymClientMetrics metrics, TimeProvider time, ILogger logger)
{
    // A flood of one and the same thing is said once.
    private readonly HashSet<LogSign> _said = [];
    private readonly TaskCompletionSource _socketOpen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LogSigns Signs { get; private set; } = new();

    /// <summary>When it said that its SURB store is on disk; null: it did not.</summary>
    public long? FlushedAt { get; private set; }

    /// <summary>Ends when it said that its websocket listens.</summary>
    public Task SocketOpen => _socketOpen.Task;

    /// <summary>Until the process has ended and everything is read. <paramref name="onStoreLost"/> is called before any later line is looked at.</summary>
    public async Task ReadAsync(Action onStoreLost, Action<SenderTag>? onNoReplyBlocks = null)
    {
        if (process.Log is not { } log)
        {
            return;
        }

        try
        {
            await foreach (string text in log.ReadLinesAsync(process.Exited, time, CancellationToken.None))
            {
                var line = LogLine.Read(text);
                Take(line, onStoreLost);
                if (line.Sign == LogSign.NoReplyBlocks && LogLine.TagOf(text) is { } tag)
                {
                    onNoReplyBlocks?.Invoke(tag);
                }
            }
        }
        catch (IOException failure)
        {
            logger.OutputLost(failure.GetType().Name);
        }
    }

    private void Take(LogLine line, Action onStoreLost)
    {
        metrics.LogLineRead(line.Level);
        if (line.Sign != LogSign.None)
        {
            metrics.LogSignRead(line.Sign);
        }

        Signs = Signs.With(line.Sign);
        FlushedAt = line.Sign == LogSign.Flushed ? time.GetTimestamp() : FlushedAt;
        Say(line.Sign);
        if (line.Sign == LogSign.StoreLost && _said.Add(line.Sign))
        {
            onStoreLost();
        }
        else if (line.Sign == LogSign.SocketOpen)
        {
            _socketOpen.TrySetResult();
        }
    }

    private void Say(LogSign sign)
    {
        if (sign is LogSign.None or LogSign.StoreLost or LogSign.NoReplyBlocks || !_said.Add(sign))
        {
            return;
        }

        if (sign is LogSign.SocketOpen or LogSign.Flushing or LogSign.Flushed)
        {
            logger.Says(sign);
        }
        else
        {
            logger.Warns(sign);
        }
    }
}
