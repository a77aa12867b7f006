namespace NymDirectory.Gateway.NymClient.Processes;

/// <summary>Reads all that one process says, for as long as it lives, and remembers what decides anything.</summary>
internal sealed class ProcessOutput(NymClientProcess process, NymClientMetrics metrics, TimeProvider time, ILogger logger)
{
    // A flood of one and the same thing is said once.
    private readonly HashSet<LogSign> _said = [];
    private readonly TaskCompletionSource _socketOpen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LogSigns Signs { get; private set; } = new();

    /// <summary>Ends when it said that its websocket listens.</summary>
    public Task SocketOpen => _socketOpen.Task;

    /// <summary>Until the process has ended and everything is read. <paramref name="onStoreLost"/> is called before any later line is looked at.</summary>
    public async Task ReadAsync(Action onStoreLost)
    {
        if (process.Log is not { } log)
        {
            return;
        }

        try
        {
            await foreach (string text in log.ReadLinesAsync(process.Exited, time, CancellationToken.None))
            {
                Take(LogLine.Read(text), onStoreLost);
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
        Signs = Signs.With(line.Sign);
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
        if (sign is LogSign.None or LogSign.StoreLost || !_said.Add(sign))
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
