using System.Security.Cryptography;
using NymDirectory.DirectoryService.Gateways;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>
/// The ids that clients acknowledge by: the hash of the signed content, sealed as one AES block. So an id is the same in every delivery, over
/// restarts, and even when a database was restored and the message is sent again, which ids of rows, used for others then, are not; nobody can
/// make one up, the sender included; and nothing need be kept to find the message again. For one thread at a time.
/// </summary>
internal sealed class MessageIds : IDisposable
{
    public const int KeySize = 32;

    private readonly Aes _aes;

    public MessageIds(byte[] key)
    {
        _aes = Aes.Create();
        _aes.Key = key;
    }

    public SixteenBytes Of(SixteenBytes contentHash)
    {
        Span<byte> block = stackalloc byte[SixteenBytes.Size];
        contentHash.CopyTo(block);
        _aes.EncryptEcb(block, block, PaddingMode.None);
        return SixteenBytes.Read(block);
    }

    /// <summary>The content hash behind an id; behind a made-up one something that no content has.</summary>
    public SixteenBytes Open(SixteenBytes id)
    {
        Span<byte> block = stackalloc byte[SixteenBytes.Size];
        id.CopyTo(block);
        _aes.DecryptEcb(block, block, PaddingMode.None);
        return SixteenBytes.Read(block);
    }

    public void Dispose() => _aes.Dispose();
}
