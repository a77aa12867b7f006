using NymDirectory.Mixnet;

namespace NymDirectory.Localnet.Packets;

/// <summary>Answers a <see cref="ReplyBlockRequest"/>: reply blocks alone. No application sees it.</summary>
internal sealed record ReplyBlocksMessage(SenderTag Tag, NymAddress ReturnAddress, ulong[] Keys) : MixMessage;
