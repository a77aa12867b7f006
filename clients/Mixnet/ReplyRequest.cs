namespace NymDirectory.Mixnet;

/// <summary>Sends a message by the reply blocks that arrived under a tag.</summary>
/// <param name="SenderTag">Under which tag they arrived.</param>
/// <param name="Message">Any bytes.</param>
/// <param name="ConnectionId">The lane; null: none, and then no answer comes. The binary form writes none as 0 and so cannot say lane 0.</param>
public sealed record ReplyRequest(SenderTag SenderTag, ReadOnlyMemory<byte> Message, ulong? ConnectionId) : NymRequest;
