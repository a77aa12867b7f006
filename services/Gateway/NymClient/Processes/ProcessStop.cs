using Microsoft.Extensions.Options;

namespace NymDirectory.Gateway.NymClient.Processes;

/// <summary>How nym-client is made to leave: asked with patience, because its flush saves every user's SURBs, and only at the very last killed.</summary>
internal sealed class ProcessStop(IOptions<NymClientOptions> options, TimeProvider time, ILogger<ProcessStop> logger)
{
    public async Task RunAsync(NymClientProcess process)
    {
        if (process.Exited.IsCompleted)
        {
            return;
        }

        logger.Stopping();
        process.Interrupt();
        if (await LeavesAsync(process, options.Value.StopPatience))
        {
            return;
        }

        logger.AskingAgain(options.Value.StopPatience);
        process.Interrupt();
        if (await LeavesAsync(process, options.Value.KillPatience))
        {
            return;
        }

        logger.Killing();
        process.KillTree();
        await LeavesAsync(process, options.Value.KillPatience);
    }

    private async Task<bool> LeavesAsync(NymClientProcess process, TimeSpan patience) =>
        await Task.WhenAny(process.Exited, Task.Delay(patience, time, CancellationToken.None)) == process.Exited;
}
