using Microsoft.Extensions.Time.Testing;
using NymDirectory.Gateway.Attachment;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.Attachment;

public sealed class AttachmentStateTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly AttachmentState _state;

    public AttachmentStateTests() => _state = new AttachmentState(_clock);

    [Fact]
    public async Task WaitUntilAttachedAsync_BeforeAndAfterTheFirstYes_WaitsAndDoesNot()
    {
        var waiting = _state.WaitUntilAttachedAsync(CancellationToken.None);
        Assert.False(waiting.IsCompleted);

        _state.Attached(_clock.GetTimestamp(), TimeSpan.FromSeconds(15));

        await waiting.Within();
        _state.Detached();
        Assert.False(_state.WaitUntilAttachedAsync(CancellationToken.None).IsCompleted);
        Assert.False(_state.HoldsLease);
    }

    [Fact]
    public void HoldsLease_NoAnswerForItsTime_EndsWithoutStoppingRequests()
    {
        _state.Attached(_clock.GetTimestamp(), TimeSpan.FromSeconds(15));
        _clock.Advance(TimeSpan.FromSeconds(14.9));
        Assert.True(_state.HoldsLease);

        _clock.Advance(TimeSpan.FromSeconds(0.2));

        Assert.False(_state.HoldsLease);
        Assert.True(_state.WaitUntilAttachedAsync(CancellationToken.None).IsCompletedSuccessfully);
    }
}
