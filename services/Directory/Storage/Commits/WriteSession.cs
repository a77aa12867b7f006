using NymDirectory.DirectoryService.Gateways;

namespace NymDirectory.DirectoryService.Storage.Commits;

/// <summary>What an operation works with on the commit thread.</summary>
internal sealed class WriteSession(Statements statements, GatewayBook gateways, PairHash pairs, TimeProvider time)
{
    private CommitEffects _effects = new();

    public Statements Sql => statements;

    public GatewayBook Gateways => gateways;

    public PairHash Pairs => pairs;

    /// <summary>Unix milliseconds.</summary>
    public long Now { get; private set; }

    /// <summary>Days since 1970-01-01 UTC.</summary>
    public int Today => (int)(Now / 86_400_000);

    public ref CommitEffects Effects => ref _effects;

    public void BeginCommit()
    {
        _effects = new CommitEffects();
        Now = time.GetUtcNow().ToUnixTimeMilliseconds();
    }
}
