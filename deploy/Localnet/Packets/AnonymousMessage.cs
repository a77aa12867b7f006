using NymDirectory.Mixnet;

namespace NymDirectory.Localnet.Packets;

/// <summary>A message with reply blocks. The real mixnet hides the return address inside of the blocks; here it lies open.</summary>
internal sealed record AnonymousMessage(SenderTag Tag, NymAddress ReturnAddress, ulong[] Keys, ReadOnlyMemory<byte> Content) : MixMessage;
