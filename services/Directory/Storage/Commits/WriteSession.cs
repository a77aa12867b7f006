using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Mailboxes;

namespace NymDirectory.DirectoryService.Storage.Commits;

/// <summary>What an operation works with on the commit thread.</summary>
internal sealed class WriteSession(
    Statements statements, GatewayBook gateways, PairHash pairs, MessageIds messageIds, TimeProvider time) : IDisposable
{
    // Clocks that are slewed may seem to go back by less.
    private const long SmallestStep = 1_000;

    private CommitEffects _effects = new();

    // The clock may have been set back while nobody looked. What lasts for seconds lasts because of a gateway that was there.
    private long _lastCommit = gateways.LastHeard;

    public Statements Sql => statements;

    public GatewayBook Gateways => gateways;

    public PairHash Pairs => pairs;

    public MessageIds MessageIds => messageIds;

    public Introductions Introductions { get; } = new();

    /// <summary>The day that expiry goes by; never goes back, and follows the clock slowly.</summary>
    public int LastingDay { get; set; } = SettingsTable.Day(statements) ?? 0;

    /// <summary>The first number of a pair of users that is not known.</summary>
    public long FirstSequence { get; set; } = SettingsTable.FirstSequence(statements);

    /// <summary>Unix milliseconds.</summary>
    public long Now { get; private set; }

    /// <summary>Days since 1970-01-01 UTC; not before <see cref="LastingDay"/>, or what is written while the clock is wrong would be old at once.</summary>
    public int Today => Math.Max(ClockDay, LastingDay);

    public int ClockDay => (int)(Now / 86_400_000);

    /// <summary>Whether the clock stands before the last commit.</summary>
    public bool ClockWentBack => Now < _lastCommit - SmallestStep;

    public ref CommitEffects Effects => ref _effects;

    public void BeginCommit()
    {
        _effects = new CommitEffects();
        Now = time.GetUtcNow().ToUnixTimeMilliseconds();
    }

    public void Committed() => _lastCommit = Now;

    /// <summary>What was done since the last commit has not happened: what is kept in memory says again what the database says.</summary>
    public void TakeBack()
    {
        statements.RollbackIfOpen();
        gateways.Replace(GatewayTable.Load(statements));
        LastingDay = SettingsTable.Day(statements) ?? 0;
        FirstSequence = SettingsTable.FirstSequence(statements);
    }

    public void Dispose()
    {
        pairs.Dispose();
        messageIds.Dispose();
    }
}
