using NymDirectory.DirectoryService.Gateways;

namespace NymDirectory.DirectoryService.Storage.Commits;

/// <summary>What an operation works with on the commit thread.</summary>
internal sealed class WriteSession(Statements statements, GatewayBook gateways, PairHash pairs, TimeProvider time)
{
    // Clocks that are slewed may seem to go back by less.
    private const long SmallestStep = 1_000;

    private CommitEffects _effects = new();

    // The clock may have been set back while nobody looked: a start is like a step.
    private long _lastCommit = long.MaxValue;

    public Statements Sql => statements;

    public GatewayBook Gateways => gateways;

    public PairHash Pairs => pairs;

    /// <summary>Unix milliseconds.</summary>
    public long Now { get; private set; }

    /// <summary>Days since 1970-01-01 UTC.</summary>
    public int Today => (int)(Now / 86_400_000);

    /// <summary>Whether the clock stands before the last commit.</summary>
    public bool ClockWentBack => Now < _lastCommit - SmallestStep;

    public ref CommitEffects Effects => ref _effects;

    public void BeginCommit()
    {
        _effects = new CommitEffects();
        Now = time.GetUtcNow().ToUnixTimeMilliseconds();
    }

    public void Committed() => _lastCommit = Now;
}
