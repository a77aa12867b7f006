using Google.Protobuf;
using NymDirectory.Signatures;

namespace NymDirectory.Relay.Keys;

/// <summary>A sender's key.</summary>
/// <param name="Id">The Directory's name for it.</param>
/// <param name="PublicKey">The key.</param>
internal sealed record SenderKey(ByteString Id, P256PublicKey PublicKey)
{
    /// <summary>Says what it is and nothing else: keys do not belong into logs.</summary>
    public override string ToString() => "SenderKey(redacted)";
}
