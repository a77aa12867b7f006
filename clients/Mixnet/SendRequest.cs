namespace NymDirectory.Mixnet;

/// <summary>Sends a message that carries no reply blocks.</summary>
/// <param name="Recipient">Whom it goes to.</param>
/// <param name="Message">Any bytes.</param>
/// <param name="ConnectionId">The lane; null: none, and then no answer comes. The binary form writes none as 0 and so cannot say lane 0.</param>
public sealed record SendRequest(NymAddress Recipient, ReadOnlyMemory<byte> Message, ulong? ConnectionId) : NymRequest;
