using NymDirectory.Load.Soak;
using NymDirectory.Load.Soak.Faults;
using NymDirectory.Load.Soak.Node;
using NymDirectory.Load.Soak.Users;

namespace NymDirectory.Load.Tests.Soak;

/// <summary>A soak is worth what its checks can find: each is shown what it is there for.</summary>
public sealed class SoakFindingsTests : IAsyncDisposable
{
    // Nothing was killed, so the Directory's counters have to be what is on its disk; nothing was exported, so they are 0.
    private static readonly Dictionary<FaultKind, int> Faults = [];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nymdirectory-load-tests-");
    private readonly ExportedMetrics _metrics = ExportedMetrics.Listen();
    private readonly NodeLog _log;
    private readonly Ledger _ledger = new();
    private readonly DropCounts _drops = new();
    private readonly List<ServiceMemory> _memory = [];
    private MailboxCounts _disk = new(Accepted: 0, Waiting: 0, Integrity: "ok");
    private int _forgedAccepted;

    public SoakFindingsTests() => _log = new NodeLog(Path.Combine(_folder.FullName, "node.log"));

    public async ValueTask DisposeAsync()
    {
        await _metrics.DisposeAsync();
        _log.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Checks_NothingHappened_AllHold() => Assert.Empty(Failing());

    [Fact]
    public void Checks_AcceptedMessageDidNotArrive_Fails()
    {
        Send("1", Told.Accepted, arrivals: 0);
        Assert.Contains("every accepted message arrived", Failing());
    }

    [Fact]
    public void Checks_UndecidedMessageDidNotArrive_Holds()
    {
        Send("1", Told.Nothing, arrivals: 0);
        Assert.Empty(Failing());
    }

    [Fact]
    public void Checks_ArrivedTwice_Fails()
    {
        Send("1", Told.Accepted, arrivals: 2);
        Assert.Contains("none arrived twice", Failing());
    }

    [Fact]
    public void Checks_RefusedAndArrived_Fails()
    {
        Send("1", Told.Refused, arrivals: 1);
        Assert.Contains("nothing refused arrived", Failing());
    }

    [Fact]
    public void Checks_ArrivedAtSomebodyElse_Fails()
    {
        Send("1", Told.Accepted, arrivals: 1);
        _ledger.Arrived("carol", "1");
        Assert.Contains("nothing refused arrived", Failing());
    }

    [Fact]
    public void Checks_ForgedMessageAccepted_Fails()
    {
        _forgedAccepted = 1;
        Assert.Contains("no forged message was accepted", Failing());
    }

    [Fact]
    public void Checks_MoreOnTheDiskThanArrived_Fails()
    {
        Send("1", Told.Accepted, arrivals: 1);
        _disk = _disk with { Accepted = 2 };
        Assert.Contains("accepted = delivered + waiting + expired", Failing());
    }

    [Fact]
    public void Checks_MessageStillWaits_Fails()
    {
        _disk = _disk with { Accepted = 1, Waiting = 1 };
        Assert.Contains("nothing waits", Failing());
    }

    [Fact]
    public void Checks_CountersDisagreeWithTheDisk_Fails()
    {
        Send("1", Told.Accepted, arrivals: 1);
        _disk = _disk with { Accepted = 1 };
        Assert.Equal(["the Directory's counters are what is on its disk"], Failing());
    }

    [Theory]
    [InlineData("12:00:00 fail: NymDirectory.Gateway[1] it failed", true)]
    [InlineData("crit: NymDirectory.Relay[2] it failed badly", true)]
    [InlineData("Unhandled exception. System.Exception", true)]
    [InlineData("12:00:00 warn: NymDirectory.Gateway[1] no fail: here", false)]
    public void Checks_AServiceLogged_FailsIfItWasAnError(string line, bool isError)
    {
        _log.Add("gateway", line);
        Assert.Equal(isError, Failing().Contains("no service logged an error"));
    }

    [Fact]
    public void Checks_DatabaseIsDamaged_Fails()
    {
        _disk = _disk with { Integrity = "row 3 missing from index" };
        Assert.Contains("the database is sound", Failing());
    }

    [Theory]
    [InlineData(119, null)]
    [InlineData(121, "memory within 20 % of after warm-up")]
    public void Checks_MemoryGrew_FailsBeyondAFifth(double end, string? check)
    {
        _memory.Add(new ServiceMemory("gateway", 100, end));
        Assert.Equal(check is null ? [] : [check], Failing());
    }

    private IEnumerable<string> Failing() => new SoakFindings(_ledger, _forgedAccepted, _drops, _metrics, _log, Faults, _memory, _disk)
        .Checks().Where(check => check.Holds == false).Select(check => check.Name);

    private void Send(string text, Told told, int arrivals)
    {
        _ledger.Begin("bob", text);
        _ledger.Tell("bob", text, told);
        for (var i = 0; i < arrivals; i++)
        {
            _ledger.Arrived("bob", text);
        }
    }
}
