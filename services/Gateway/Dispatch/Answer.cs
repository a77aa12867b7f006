namespace NymDirectory.Gateway.Dispatch;

/// <summary>What a client gets.</summary>
/// <param name="Envelope">The signed JSON.</param>
/// <param name="Outcome">The label in metrics and spans.</param>
/// <param name="OpensMailbox">Whether waiting messages may flow once nym-client took it.</param>
internal sealed record Answer(ReadOnlyMemory<byte> Envelope, string Outcome, bool OpensMailbox = false)
{
    /// <summary>Whether the client could have done nothing about it.</summary>
    public bool IsOurFault => Outcome is "unavailable" or "failed";

    /// <summary>Whether the same request may do better a little later.</summary>
    public bool MayPass => Outcome is "unavailable" or "mailbox_full";

    /// <summary>Says what it is and nothing else.</summary>
    public override string ToString() => nameof(Answer);
}
