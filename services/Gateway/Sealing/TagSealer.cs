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

    private readonly ICryptoTransform _seal;
    private readonly ICryptoTransform _open;
    private readonly byte[] _block = new byte[SenderTag.Size];

    // Transforms are not thread-safe; a block takes less time than a lock costs when nobody is waiting. Kept, because to set one up for each block
    // costs twenty times as much as the block.
    private readonly Lock _gate = new();

    public TagSealer(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeySize, nameof(key));
        using var aes = Aes.Create();
        (aes.Mode, aes.Padding, aes.Key) = (CipherMode.ECB, PaddingMode.None, key.ToArray());
        (_seal, _open) = (aes.CreateEncryptor(), aes.CreateDecryptor());
    }

    /// <summary>What the other services may see of a tag.</summary>
    public SealedTag Seal(SenderTag tag)
    {
        lock (_gate)
        {
            tag.CopyTo(_block);
            _seal.TransformBlock(_block, 0, _block.Length, _block, 0);
            return SealedTag.FromBytes(_block);
        }
    }

    /// <summary>The tag that nym-client knows.</summary>
    public SenderTag Open(SealedTag tag)
    {
        lock (_gate)
        {
            tag.CopyTo(_block);
            _open.TransformBlock(_block, 0, _block.Length, _block, 0);
            return SenderTag.FromBytes(_block);
        }
    }

    public void Dispose()
    {
        _seal.Dispose();
        _open.Dispose();
    }
}
