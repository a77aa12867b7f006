using System.Security.Cryptography;
using NymDirectory.Mixnet;

namespace NymDirectory.Gateway.Sealing;

/// <summary>
/// Seals sender tags before they leave the Gateway. One AES-256 block, on purpose without any mode: on exactly 16 bytes that is a keyed permutation,
/// so equal tags stay equal (the Directory compares them), different ones stay different, and without the key nothing can be told from random bytes.
/// There is no second block that could repeat, and nothing here needs to detect a forged one: a made-up sealed tag opens to a tag
/// that nym-client does not know.
/// </summary>
internal sealed class TagSealer : IDisposable
{
    /// <summary>Size of the key in bytes.</summary>
    public const int KeySize = 32;

    private readonly Aes _aes;

    // Transforms of one Aes are not promised to be thread-safe; a block takes less time than a lock costs when nobody is waiting.
    private readonly Lock _gate = new();

    public TagSealer(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeySize, nameof(key));
        _aes = Aes.Create();
        _aes.Key = key.ToArray();
    }

    /// <summary>What the other services may see of a tag.</summary>
    public SealedTag Seal(SenderTag tag)
    {
        Span<byte> block = stackalloc byte[SenderTag.Size];
        tag.CopyTo(block);
        lock (_gate)
        {
            _aes.EncryptEcb(block, block, PaddingMode.None);
        }

        return SealedTag.FromBytes(block);
    }

    /// <summary>The tag that nym-client knows.</summary>
    public SenderTag Open(SealedTag tag)
    {
        Span<byte> block = stackalloc byte[SealedTag.Size];
        tag.CopyTo(block);
        lock (_gate)
        {
            _aes.DecryptEcb(block, block, PaddingMode.None);
        }

        return SenderTag.FromBytes(block);
    }

    public void Dispose() => _aes.Dispose();
}
