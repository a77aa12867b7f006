using NymDirectory.Mixnet;

namespace NymDirectory.Localnet.ReplyBlocks;

/// <summary>One row of the flush: a tag and its blocks.</summary>
internal sealed record StoredTag(SenderTag Tag, DateTimeOffset LastReceived, IReadOnlyList<ReplyBlock> Blocks);
