using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.NymClient.Runs;
using NymDirectory.Gateway.Sealing;

namespace NymDirectory.Gateway.Tests.NymClient.Runs;

public sealed class RunRulesTests
{
    private static readonly SealedTag Tag = SealedTag.FromBytes([.. Enumerable.Range(1, SealedTag.Size).Select(i => (byte)i)]);

    [Theory]
    [InlineData(null, false, "First")]
    [InlineData("intact", true, null)]
    [InlineData("used", false, "NotFlushed")]
    public void Start_RecordOnFile_GoesOnOnlyWhenTheStoreIsWhole(string? record, bool goesOn, string? change) =>
        Check(RunRules.Start, record, goesOn, change, intactAfter: false);

    [Theory]
    [InlineData(null, false, "First")]
    [InlineData("intact", true, null)]
    [InlineData("used", true, null)]
    public void Adopt_ProcessStillThere_GoesOn(string? record, bool goesOn, string? change) =>
        Check(RunRules.Adopt, record, goesOn, change, intactAfter: false);

    [Theory]
    [InlineData(true, true, null)]
    [InlineData(false, false, "NotFlushed")]
    public void End_SeenToFlushOrNot_DecidesTheNextStart(bool flushed, bool goesOn, string? change) =>
        Check(record => RunRules.End(record!, flushed), "used", goesOn, change, intactAfter: true);

    [Fact]
    public void LoseStore_WhateverTheMarkerSaid_IsANewRun() => Check(_ => RunRules.LoseStore(), "intact", false, "StoreLost", intactAfter: false);

    [Theory]
    [InlineData(null, null, false, "First")]
    [InlineData(null, true, false, "First")]
    [InlineData("used", true, true, null)]
    [InlineData("used", false, false, "OwnTagDead")]
    [InlineData("used", null, false, "OwnTagDead")]
    [InlineData("intact", true, true, null)]
    public void Reconnect_OwnTagAskedOrNot_GoesOnOnlyWithAnAnswer(string? record, bool? answers, bool goesOn, string? change) =>
        Check(known => RunRules.Reconnect(known, answers), record, goesOn, change, intactAfter: false);

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void FromBytes_WhatWasWritten_IsTheRecord(bool intact, bool hasTag)
    {
        var record = new RunRecord(RunId.New(), intact, hasTag ? Tag : null);

        Assert.Equal(record, RunRecord.FromBytes(record.ToBytes()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 abcd intact -\n")]
    [InlineData("1 000102030405060708090a0b0c0d0e0f whole -\n")]
    [InlineData("2 000102030405060708090a0b0c0d0e0f intact -\n")]
    [InlineData("1 zz0102030405060708090a0b0c0d0e0f intact -\n")]
    [InlineData("\0\0\0\0")]
    public void FromBytes_AnythingElse_IsNoRecord(string text) => Assert.Null(RunRecord.FromBytes(System.Text.Encoding.ASCII.GetBytes(text)));

    private static void Check(
        Func<RunRecord?, (RunRecord Next, RunChange? Change)> rule, string? state, bool goesOn, string? change, bool intactAfter)
    {
        var record = state is null ? null : new RunRecord(RunId.New(), state == "intact", null);
        var (next, why) = rule(record);
        Assert.Equal(goesOn, record is not null && next.Run == record.Run);
        Assert.Equal(change, why?.ToString());
        Assert.Equal(intactAfter, next.Intact);
    }
}
