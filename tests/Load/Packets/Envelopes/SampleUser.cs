using NymDirectory.Client;
using NymDirectory.Client.Cryptography;
using NymDirectory.Client.Protocol;
using NymDirectory.Signatures;

namespace NymDirectory.Load.Packets.Envelopes;

/// <summary>Somebody whose messages are measured, written by the client library, which prints as existing clients do.</summary>
internal sealed class SampleUser(string name) : IDisposable
{
    private readonly SigningKey _key = SigningKey.Generate();

    public string Name => name;

    public P256PublicKey PublicKey => _key.PublicKey;

    public string Sign(string nonce) => _key.SignHex(System.Text.Encoding.ASCII.GetBytes(nonce));

    /// <summary>A message to somebody, with fresh keys.</summary>
    public SignedContent Write(SampleUser to, MessageType type, string text, bool withKey)
    {
        using var material = SealingMaterial.Fresh();
        return SignedContent.Create(new Identity(name, _key), to.Name, SealedBody.Seal(_key, to.PublicKey, type, text, material), withKey);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
