namespace NymDirectory.Gateway.Dispatch;

/// <summary>
/// For how many <c>send</c>s at once the answer may be under way to nym-client. It grows while answers are taken soon, and shrinks while they are not, so that about a
/// second's worth waits whatever nym-client's pace is. Not thread-safe.
/// </summary>
internal sealed class AnswerWindow
{
    /// <summary>At nym-client's default pace, half of which is for deliveries, a little over a second's worth.</summary>
    public const int Least = 32;

    /// <summary>As many as can be handled at once.</summary>
    public const int Most = 256;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    public int Size { get; private set; } = Most;

    /// <summary>nym-client took an answer so long after it was queued.</summary>
    public void Taken(TimeSpan after) => Size = after < Soon ? Math.Min(Size + 1, Most) : Math.Max(Size - (Size / 8), Least);
}
