namespace NymDirectory.Localnet.Packets;

/// <summary>A message without reply blocks.</summary>
internal sealed record PlainMessage(ReadOnlyMemory<byte> Content) : MixMessage;
