using NymDirectory.Mixnet;

namespace NymDirectory.Localnet.ReplyBlocks;

/// <summary>A single-use reply block (SURB). The real one hides where it leads; this one says it openly.</summary>
/// <param name="ReturnAddress">Who made it.</param>
/// <param name="Key">By which its maker knows it again, once.</param>
internal readonly record struct ReplyBlock(NymAddress ReturnAddress, ulong Key);
