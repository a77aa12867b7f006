using NymDirectory.Gateway.Protocol;

namespace NymDirectory.Gateway.Dispatch;

/// <summary>A <c>send</c> that is not begun yet.</summary>
/// <param name="Bytes">Of the message as it came, about what it holds in memory.</param>
/// <param name="Asked">Alike in a copy that its client sends because no answer came.</param>
/// <param name="Begin">Sees it to its answer, or to where somebody else does.</param>
/// <param name="Drop">Is told when it is dropped instead.</param>
internal sealed record WaitingSend(int Bytes, SendAsked Asked, Func<Task> Begin, Action Drop)
{
    public bool IsCopyOf(WaitingSend other) => Asked.Signature == other.Asked.Signature && Asked.Content.Span.SequenceEqual(other.Asked.Content.Span);

    /// <summary>Says what it is and nothing else.</summary>
    public override string ToString() => nameof(WaitingSend);
}
