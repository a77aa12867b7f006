namespace NymDirectory.Localnet.Packets;

/// <summary>A reply, with the keys of the blocks that it used up: one for each packet.</summary>
internal sealed record ReplyMessage(ulong[] Keys, ReadOnlyMemory<byte> Content) : MixMessage;
