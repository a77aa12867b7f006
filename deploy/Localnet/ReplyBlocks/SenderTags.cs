using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using NymDirectory.Mixnet;

namespace NymDirectory.Localnet.ReplyBlocks;

/// <summary>The tag under which this client is known to each recipient: picked at the first message, kept until the process ends.</summary>
internal sealed class SenderTags
{
    private readonly Lock _gate = new();
    private readonly Dictionary<NymAddress, SenderTag> _tags = [];

    /// <summary>The tag for a recipient.</summary>
    public SenderTag For(NymAddress recipient)
    {
        lock (_gate)
        {
            if (!_tags.TryGetValue(recipient, out var tag))
            {
                Span<byte> bytes = stackalloc byte[SenderTag.Size];
                RandomNumberGenerator.Fill(bytes);
                _tags[recipient] = tag = SenderTag.FromBytes(bytes);
            }

            return tag;
        }
    }

    /// <summary>The tag for a recipient that this run has written to.</summary>
    public bool TryGet(NymAddress recipient, [MaybeNullWhen(false)] out SenderTag tag)
    {
        lock (_gate)
        {
            return _tags.TryGetValue(recipient, out tag);
        }
    }
}
