using NymDirectory.Mixnet;

namespace NymDirectory.Localnet.Packets;

/// <summary>A message on its way out of a client.</summary>
/// <param name="Recipient">Where the hub takes it.</param>
/// <param name="Packets">How many slots it takes when the output is paced.</param>
/// <param name="Payload">A written <see cref="MixMessage"/>.</param>
/// <param name="Lane">The connection id of the request; null: none.</param>
internal sealed record OutgoingMessage(NymAddress Recipient, int Packets, byte[] Payload, ulong? Lane);
