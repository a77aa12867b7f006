using System.ComponentModel;
using Microsoft.Extensions.Options;
using NymDirectory.Gateway.NymClient.Configuration;
using NymDirectory.Gateway.NymClient.Link;
using NymDirectory.Gateway.NymClient.Runs;
using NymDirectory.Gateway.NymClient.Shortage;

namespace NymDirectory.Gateway.NymClient.Processes;

/// <summary>Sees to it that a nym-client runs: takes up one that is left over, creates its keys, starts it, and starts it again with pauses.</summary>
internal sealed class NymClientSupervisor(
    GatewayFiles files,
    NymClientLink link,
    Arrivals arrivals,
    ReplyPump pump,
    LaneWatch lanes,
    ConfigurationFile configuration,
    Footprint footprint,
    RunKeeper keeper,
    NymClientStatus status,
    ProcessStop stop,
    NymClientMetrics metrics,
    TimeProvider time,
    IOptions<NymClientOptions> settings,
    ILogger<NymClientSupervisor> logger)
{
    private readonly NymClientOptions _options = settings.Value;
    private readonly NymClientCommand _command = new(settings.Value);

    /// <summary>Until <paramref name="stopping"/>, and until nym-client has left then.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var backOff = new BackOff(_options.FirstPause, _options.LongestPause, Random.Shared.NextDouble);
        while (!stopping.IsCancellationRequested)
        {
            var (cause, exitCode, up) = await LiveOnceAsync(stopping);
            metrics.Ended(cause);
            if (stopping.IsCancellationRequested)
            {
                return;
            }

            if (cause == ProcessEnd.Planned)
            {
                continue;
            }

            if (up >= _options.StableTime)
            {
                backOff.Reset();
            }

            var pause = backOff.Next();
            logger.StartingAgain(cause, exitCode, pause);
            await Task.Delay(pause, time, stopping).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task<(ProcessEnd Cause, int? ExitCode, TimeSpan Up)> LiveOnceAsync(CancellationToken stopping)
    {
        try
        {
            if (Adopt() is { } leftOver)
            {
                return await LiveWithAsync(leftOver, adopted: true, stopping);
            }

            return await CannotStartAsync(stopping) is { } cause ? (cause, null, TimeSpan.Zero) : await LiveWithAsync(Start(), adopted: false, stopping);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or Win32Exception)
        {
            // A full disk or a folder that went away: nothing that a restart of the Gateway would mend, and its neighbours go on.
            logger.StartFailed(failure.GetType().Name);
            return (ProcessEnd.StartFailed, null, TimeSpan.Zero);
        }
    }

    private async Task<(ProcessEnd Cause, int? ExitCode, TimeSpan Up)> LiveWithAsync(
        NymClientProcess process, bool adopted, CancellationToken stopping)
    {
        using (process)
        {
            var plan = new RestartPlan(arrivals, pump, lanes, time, _options);
            var life = new ProcessLife(process, adopted, link, arrivals, plan, lanes, footprint, keeper, status, stop, metrics, time, _options, logger);
            var (cause, exitCode) = await life.RunAsync(stopping);
            return (cause, exitCode, life.UpSince is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero);
        }
    }

    private NymClientProcess? Adopt()
    {
        var recorded = WholeFile.Read(files.Process) is { } bytes ? ProcessIdentity.FromBytes(bytes) : null;
        if (recorded is not { IsAlive: true } || !_command.IsRun(recorded.Arguments()))
        {
            return null;
        }

        logger.Adopting(recorded.Pid);
        keeper.Adopt();
        return NymClientProcess.Adopt(recorded, time);
    }

    private NymClientProcess Start()
    {
        configuration.Complete();

        // On disk before the process is there: whatever happens to it or to us, its SURBs count as used from now on.
        keeper.BeginStart();
        var process = NymClientProcess.Start(_command.Run, files.Process);
        logger.Started(process.Identity.Pid);
        return process;
    }

    private async Task<ProcessEnd?> CannotStartAsync(CancellationToken stopping)
    {
        if (ListeningSocket.Exists(_options.Port))
        {
            logger.PortIsTaken(_options.Port);
            return ProcessEnd.PortInUse;
        }

        // A folder is enough: init refuses where there is one. Only where we saw init begin and not end do we look closer.
        bool brokenOff = File.Exists(files.Initialising) && !_command.HasConfiguration;
        return (_command.HasFolder && !brokenOff) || await InitialiseAsync(stopping) ? null : ProcessEnd.InitFailed;
    }

    /// <summary>Creates the keys. Where there is a folder already a refusal is no obstacle: it may be whole after all.</summary>
    private async Task<bool> InitialiseAsync(CancellationToken stopping)
    {
        bool hadFolder = _command.HasFolder;
        logger.Initialising();
        WholeFile.Write(files.Initialising, default, WholeFile.OwnerOnly);
        using var process = NymClientProcess.Start(_command.Init, null);
        var reading = new ProcessOutput(process, metrics, time, logger).ReadAsync(() => { });
        try
        {
            await process.Exited.WaitAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            await stop.RunAsync(process);
            return false;
        }

        await reading;
        int? exitCode = await process.Exited;
        if (exitCode == 0)
        {
            File.Delete(files.Initialising);
            return true;
        }

        logger.NotInitialised(exitCode);
        return hadFolder;
    }
}
