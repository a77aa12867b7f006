namespace NymDirectory.Mixnet;

/// <summary>Sends a message with reply blocks, so that the recipient can answer without knowing whom.</summary>
/// <param name="Recipient">Whom it goes to.</param>
/// <param name="Message">Any bytes.</param>
/// <param name="ReplySurbs">How many reply blocks are attached. The recipient's nym-client holds back the last ten.</param>
/// <param name="ConnectionId">The lane; null: none, and then no answer comes. The binary form writes none as 0 and so cannot say lane 0.</param>
public sealed record SendAnonymousRequest(NymAddress Recipient, ReadOnlyMemory<byte> Message, uint ReplySurbs, ulong? ConnectionId) : NymRequest;
