using NymDirectory.Gateway.Dispatch;

namespace NymDirectory.Gateway.Tests.Dispatch;

public sealed class AnswerWindowTests
{
    [Fact]
    public void Taken_AnswersAtNymClientsPace_HoldsAboutASecondsWorth()
    {
        // 25 answers a second leave; each waits for those before it.
        var window = new AnswerWindow();
        for (int answers = 0; answers < 200; answers++)
        {
            window.Taken(TimeSpan.FromSeconds(window.Size / 25.0));
        }

        Assert.Equal(AnswerWindow.Least, window.Size);
    }

    [Fact]
    public void Taken_FiveTimesAsFast_HoldsMore()
    {
        var window = new AnswerWindow();
        for (int answers = 0; answers < 1000; answers++)
        {
            window.Taken(TimeSpan.FromSeconds(window.Size / 125.0));
        }

        Assert.InRange(window.Size, 100, 126);
    }

    [Fact]
    public void Taken_NoPaceAtAll_HoldsNobodyUp()
    {
        var window = new AnswerWindow();
        window.Taken(TimeSpan.FromMinutes(1));
        for (int answers = 0; answers < 100; answers++)
        {
            window.Taken(TimeSpan.FromMilliseconds(2));
        }

        Assert.Equal(AnswerWindow.Most, window.Size);
    }

    [Fact]
    public void Taken_WithinASecondAndNotWithin_GrowsByOneAndShrinksByAnEighth()
    {
        var window = new AnswerWindow();
        window.Taken(TimeSpan.FromSeconds(1));
        Assert.Equal(AnswerWindow.Most * 7 / 8, window.Size);

        window.Taken(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));

        Assert.Equal((AnswerWindow.Most * 7 / 8) + 1, window.Size);
    }
}
