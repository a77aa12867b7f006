using Google.Protobuf;
using NymDirectory.Signatures;

namespace NymDirectory.Relay.Keys;

/// <summary>A sender's key, ready to check with.</summary>
/// <param name="Id">The Directory's name for it.</param>
/// <param name="Verifier">The key, parsed once.</param>
internal sealed record SenderKey(ByteString Id, SignatureVerifier Verifier)
{
    /// <summary>Says what it is and nothing else: keys do not belong into logs.</summary>
    public override string ToString() => "SenderKey(redacted)";
}
