using NymDirectory.DirectoryService.Mailboxes;
using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.DirectoryService.Tests.Mailboxes;

public sealed class DueClockTests
{
    [Fact]
    public void Move_ExactThenEarlierThenLater_KeepsTheEarliest()
    {
        var clock = new DueClock();
        var raised = 0;
        clock.Earlier += () => raised++;

        clock.Move(Exact(500));
        Assert.Equal(500, clock.Earliest);
        clock.Move(Noted(400));
        clock.Move(Noted(450));
        clock.Move(Noted(null));

        Assert.Equal(400, clock.Earliest);
        Assert.Equal(1, raised);
    }

    [Fact]
    public void Move_EarlierInTheSameCommitAsAnExactOne_IsNotForgotten()
    {
        var effects = Exact(500);
        effects.NoteDue(300);
        var clock = new DueClock();

        clock.Move(effects);

        Assert.Equal(300, clock.Earliest);
    }

    private static CommitEffects Exact(long due)
    {
        var effects = new CommitEffects();
        effects.SetExactDue(due);
        return effects;
    }

    private static CommitEffects Noted(long? due)
    {
        var effects = new CommitEffects();
        effects.NoteDue(due);
        return effects;
    }
}
