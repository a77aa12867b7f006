namespace NymDirectory.Gateway.Dispatch;

/// <summary>A <c>send</c> that is tried again before it is refused.</summary>
/// <param name="Bytes">What it holds in memory.</param>
/// <param name="Since">When its message came, as <see cref="TimeProvider.GetTimestamp"/> counts.</param>
/// <param name="Refusal">Its last answer; absent while it was not tried, because it waits behind others of its tag.</param>
/// <param name="Try">Tries it.</param>
/// <param name="Answer">Gives the client its answer.</param>
internal sealed record DelayedSend(
    int Bytes, long Since, Answer? Refusal, Func<CancellationToken, Task<Answer>> Try, Func<Answer, CancellationToken, Task> Answer)
{
    /// <summary>Says what it is and nothing else.</summary>
    public override string ToString() => nameof(DelayedSend);
}
