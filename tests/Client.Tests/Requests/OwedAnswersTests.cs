using Microsoft.Extensions.Time.Testing;
using NymDirectory.Client.Requests;

namespace NymDirectory.Client.Tests.Requests;

public sealed class OwedAnswersTests
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(2);

    private readonly FakeTimeProvider _time = new();
    private readonly OwedAnswers _owed;

    public OwedAnswersTests() => _owed = new OwedAnswers(_time, Memory);

    [Fact]
    public void IsOurs_NothingOwed_Is()
    {
        _owed.BeginRequest();
        _owed.Sent();
        Assert.True(_owed.IsOurs());
    }

    [Fact]
    public void IsOurs_TwoAttemptsOfTheSameRequest_Is()
    {
        _owed.BeginRequest();
        _owed.Sent();
        _owed.Sent();
        Assert.True(_owed.IsOurs());
    }

    [Fact]
    public void IsOurs_EarlierAttemptUnanswered_OnlyTheSecondIs()
    {
        _owed.BeginRequest();
        _owed.Sent();
        _owed.Sent();
        _owed.IsOurs();
        _owed.BeginRequest();
        _owed.Sent();

        Assert.False(_owed.IsOurs());
        Assert.True(_owed.IsOurs());
    }

    [Fact]
    public void IsOurs_EarlierAttemptLongAgo_Is()
    {
        _owed.BeginRequest();
        _owed.Sent();
        _time.Advance(Memory + TimeSpan.FromSeconds(1));
        _owed.BeginRequest();
        _owed.Sent();
        Assert.True(_owed.IsOurs());
    }

    [Fact]
    public void IsOurs_EarlierAttemptGetsOldMeanwhile_Is()
    {
        _owed.BeginRequest();
        _owed.Sent();
        _time.Advance(Memory - TimeSpan.FromSeconds(1));
        _owed.BeginRequest();
        _owed.Sent();
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(_owed.IsOurs());
    }
}
