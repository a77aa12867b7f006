using NymDirectory.Mixnet;

namespace NymDirectory.Localnet.Packets;

/// <summary>Asks the owner of a reply block for more of them, at the price of that block.</summary>
/// <param name="Key">The block it came by.</param>
/// <param name="Asker">Who asks: the owner finds by it under which tag the new blocks go.</param>
/// <param name="Amount">How many.</param>
internal sealed record ReplyBlockRequest(ulong Key, NymAddress Asker, int Amount) : MixMessage;
