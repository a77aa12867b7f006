using CsCheck;
using NymDirectory.DirectoryService.Accounts;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Mailboxes;

namespace NymDirectory.DirectoryService.Tests.Mailboxes;

public sealed class DueRuleTests
{
    private const long Now = 1_000_000;

    [Fact]
    public void Next_NothingWaits_IsParked() => Assert.Null(DueRule.Next(Mailbox(messages: 0), routeIsLive: true, 0, Now));

    [Fact]
    public void Next_NoLiveRoute_IsParked() => Assert.Null(DueRule.Next(Mailbox(), routeIsLive: false, 0, Now));

    [Fact]
    public void Next_LiveAndFree_IsNow() => Assert.Equal(Now, DueRule.Next(Mailbox(), routeIsLive: true, 0, Now));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Next_Leased_IsTheEndOfTheLease(bool live) =>
        Assert.Equal(Now + 5, DueRule.Next(Mailbox(leasedUntil: Now + 5), live, 0, Now));

    [Fact]
    public void Next_LeaseRanOut_IsNow() => Assert.Equal(Now, DueRule.Next(Mailbox(leasedUntil: Now), routeIsLive: true, 0, Now));

    [Fact]
    public void Next_HeldOrBackingOff_IsTheLater() =>
        Assert.Equal(Now + 9, DueRule.Next(Mailbox(heldUntil: Now + 7), routeIsLive: true, Now + 9, Now));

    [Fact]
    public void Next_Anything_IsNeverInThePastAndNeverBeforeTheHold() =>
        Gen.Select(Gen.Int[0, 3], Gen.Long[0, 2 * Now], Gen.Long[0, 2 * Now], Gen.Long[0, 2 * Now]).Sample((messages, held, leased, attempt) =>
        {
            var due = DueRule.Next(Mailbox(messages, held, leased), routeIsLive: true, attempt, Now);
            return messages == 0 ? due is null : due >= Now && (leased > Now ? due == leased : due >= held && due >= attempt);
        });

    [Fact]
    public void AfterRefusal_MoreAndMore_DoublesUpToAnHour()
    {
        Assert.Equal([30_000, 60_000, 120_000], new[] { 1, 2, 3 }.Select(DeliveryPace.AfterRefusal));
        Gen.Int[1, int.MaxValue - 1].Sample(refusals =>
            DeliveryPace.AfterRefusal(refusals) <= DeliveryPace.AfterRefusal(refusals + 1)
            && DeliveryPace.AfterRefusal(refusals) is >= 30_000 and <= 3_600_000);
        Assert.Equal(3_600_000, DeliveryPace.AfterRefusal(int.MaxValue));
    }

    [Fact]
    public void EndLeaseOfOne_LastOne_EndsTheLease()
    {
        var lease = SixteenBytes.Read(new byte[16]);
        var mailbox = Mailbox();
        mailbox.BeginLease(lease, 2, Now + 1);

        mailbox.EndLeaseOfOne(null);
        mailbox.EndLeaseOfOne(SixteenBytes.Read([1, .. new byte[15]]));
        mailbox.EndLeaseOfOne(lease);
        Assert.True(mailbox.IsLeased(Now));
        mailbox.EndLeaseOfOne(lease);
        Assert.False(mailbox.IsLeased(Now));
        Assert.Null(mailbox.LeaseId);
    }

    [Fact]
    public void TryTake_AnyOrderOfSizes_StaysInBoundsAndTakesAPrefix() =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 131_072].Array[1, 40]).Sample((most, sizes) =>
        {
            var allowance = new DeliveryAllowance(most);
            var taken = sizes.Select(allowance.TryTake).ToList();
            var count = taken.TakeWhile(yes => yes).Count();
            return count >= 1 && count <= most && taken.Skip(count).All(yes => !yes)
                && sizes.Take(count).Sum(size => size + 512) <= 512 * 1024;
        });

    [Fact]
    public void Next_AWindowThatIsFull_IsTheNextRepetition() => Assert.Equal(
        Now + 7, DueRule.Next(Acknowledging(messages: 20, taken: 16, probes: 0, retryAt: Now + 7), routeIsLive: true, 0, Now));

    [Fact]
    public void Next_QuietAndTriedFiveTimes_IsParked() => Assert.Null(
        DueRule.Next(Acknowledging(messages: 20, taken: 16, probes: 5, retryAt: Now), routeIsLive: true, 0, Now));

    [Fact]
    public void Window_Anything_NeverHoldsMoreThanSixteenAndNothingNewWhileQuiet() =>
        Gen.Select(Gen.Int[0, 100], Gen.Int[0, 16], Gen.Int[0, 5], Gen.Long[0, 2 * Now]).Sample((waiting, taken, probes, retryAt) =>
        {
            var mailbox = Acknowledging(waiting + taken, taken, probes, retryAt);
            var free = DeliveryWindow.Free(mailbox);
            var due = DueRule.Next(mailbox, routeIsLive: true, 0, Now);
            return free >= 0 && taken + free <= DeliveryWindow.Size && (probes == 0 || free == 0)
                && (due is null) == (free == 0 && !DeliveryWindow.MayProbe(mailbox))
                && (due is null || due == (free > 0 ? Now : Math.Max(Now, retryAt)));
        });

    [Fact]
    public void Quiet_AsLongAsItLasts_FiveRepetitionsEachTwiceAsLate()
    {
        var mailbox = Acknowledging(messages: 1, taken: 0, probes: 0, retryAt: 0);
        mailbox.CountTaken(Now);
        var times = new List<long>();
        while (DeliveryWindow.MayProbe(mailbox))
        {
            times.Add(mailbox.RetryAt);
            mailbox.CountProbe(mailbox.RetryAt);
        }

        Assert.Equal([30_000, 90_000, 210_000, 450_000, 930_000], times.Select(time => time - Now));
        mailbox.EndQuiet(Now);
        Assert.Equal((0, Now + 30_000, true), (mailbox.Probes, mailbox.RetryAt, DeliveryWindow.MayProbe(mailbox)));
    }

    [Fact]
    public void Introductions_MoreThanCanBe_StayBoundedAndEnd()
    {
        var introductions = new Introductions();
        var pairs = Enumerable.Range(0, 2_000).Select(number => SixteenBytes.Read([.. new byte[12], .. BitConverter.GetBytes(number)])).ToList();
        pairs.ForEach(pair => introductions.Note(pair, Now));

        Assert.Equal(Now + 1_000, introductions.HoldUntil(pairs[0], Now + 999));
        Assert.Equal(0, introductions.HoldUntil(pairs[^1], Now));
        Assert.Equal(0, introductions.HoldUntil(pairs[0], Now + 1_000));
        Assert.True(introductions.IsEmpty);

        // The clock was set back.
        introductions.Note(pairs[0], Now + 86_400_000);
        Assert.Equal(0, introductions.HoldUntil(pairs[0], Now));
    }

    private static MailboxState Acknowledging(int messages, int taken, int probes, long retryAt)
    {
        var mailbox = Mailbox(messages);
        (mailbox.Features, mailbox.TakenCount, mailbox.Probes, mailbox.RetryAt) = (AccountFeatures.Ack, taken, probes, retryAt);
        return mailbox;
    }

    private static MailboxState Mailbox(int messages = 1, long heldUntil = 0, long leasedUntil = 0) => new()
    {
        AccountId = 1,
        Route = null,
        Features = AccountFeatures.None,
        HeldUntil = heldUntil,
        LeaseId = null,
        LeasedUntil = leasedUntil,
        LeasedCount = leasedUntil > 0 ? 1 : 0,
        TakenCount = 0,
        Probes = 0,
        RetryAt = 0,
        MessageCount = messages,
        ByteCount = messages,
    };
}
