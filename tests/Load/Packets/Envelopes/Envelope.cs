namespace NymDirectory.Load.Packets.Envelopes;

/// <summary>One kind of message that crosses the mixnet, as many of its kind were made.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Way">Who sends it.</param>
/// <param name="Characters">Length of the text, where there is one.</param>
/// <param name="Blocks">Reply blocks that its sender attaches.</param>
/// <param name="Bytes">Length of the message as it is handed to nym-client: shortest, mean, longest.</param>
/// <param name="Packets">Mean packets, the attached blocks included.</param>
/// <param name="MostPackets">Packets of the longest.</param>
internal sealed record Envelope(string Name, Way Way, int? Characters, int Blocks, Spread Bytes, double Packets, int MostPackets);
