using System.ComponentModel;
using NymDirectory.Gateway.Sealing;

namespace NymDirectory.Gateway.NymClient.Runs;

/// <summary>Knows the run, keeps it on file, and tells everybody when it changes. What is decided is on disk first.</summary>
internal sealed class RunKeeper(GatewayFiles files, NymClientStatus status, Outbox outbox, NymClientMetrics metrics, ILogger<RunKeeper> logger)
{
    private readonly Lock _gate = new();
    private bool _lossIsKnown;
    private RunRecord? _record = WholeFile.Read(files.Run) is { } bytes ? RunRecord.FromBytes(bytes) : null;

    /// <summary>The tag of our own, if there is one.</summary>
    public SealedTag? OwnTag => _record?.OwnTag;

    /// <summary>A process is about to start.</summary>
    public void BeginStart() => _lossIsKnown |= Apply(RunRules.Start) is not null;

    /// <summary>A process that was left over goes on.</summary>
    public void Adopt() => _lossIsKnown = Apply(RunRules.Adopt) is not null;

    /// <summary>
    /// nym-client said that it begins with an empty store. False when that is no news: the run began with this start, or with the end
    /// before it, and nobody has a route in it yet.
    /// </summary>
    public bool LoseStore() => !_lossIsKnown && Apply(_ => RunRules.LoseStore()) is not null;

    /// <summary>The process ended, and was seen to flush or not.</summary>
    public void EndProcess(bool flushed) => _lossIsKnown = Apply(record => RunRules.End(record ?? RunRecord.New(), flushed)) is not null;

    /// <summary>Somebody else's nym-client is connected again.</summary>
    public void Reconnect(bool? ownTagAnswers) => Apply(record => RunRules.Reconnect(record, ownTagAnswers));

    /// <summary>Our own message arrived, and with it a tag to ask by after the next connection.</summary>
    public void KeepOwnTag(SealedTag tag)
    {
        if (OwnTag != tag)
        {
            Apply(record => ((record ?? RunRecord.New()) with { OwnTag = tag }, null));
        }
    }

    private RunChange? Apply(Func<RunRecord?, (RunRecord Next, RunChange? Change)> rule)
    {
        lock (_gate)
        {
            var (next, change) = rule(_record);
            Keep(next);
            _record = next;
            status.SetRun(next.Run);
            outbox.EndOtherRuns(next.Run);
            if (change is { } why)
            {
                metrics.RunChanged(why);
                logger.RunBegan(why);
            }

            return change;
        }
    }

    // Only one thing must not go on without the disk: a start, while the file says that the SURBs are whole. In every other case an old file
    // errs towards a new run.
    private void Keep(RunRecord next)
    {
        try
        {
            WholeFile.Write(files.Run, next.ToBytes(), WholeFile.OwnerOnly);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or Win32Exception && _record is not { Intact: true })
        {
            logger.FileFailed(failure.GetType().Name);
        }
    }
}
