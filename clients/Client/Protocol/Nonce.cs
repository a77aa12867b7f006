using System.Diagnostics.CodeAnalysis;
using System.Text;
using NymDirectory.Client.Json;
using NymDirectory.Signatures;

namespace NymDirectory.Client.Protocol;

/// <summary>
/// A challenge's nonce. Only what is exactly 32 lower-case hex digits is ever signed: anything freer would let a node have any text signed, a message in
/// our name for example.
/// </summary>
internal sealed record Nonce
{
    private const int Length = 32;

    private readonly string _digits;

    private Nonce(string digits) => _digits = digits;

    /// <summary>Reads the content of a challenge. Never throws.</summary>
    public static bool TryRead(NodeEnvelope envelope, [NotNullWhen(true)] out Nonce? nonce)
    {
        nonce = JsonParser.TryParse(envelope.ContentBytes.Span, out var json) && IsNonce(json.Text("nonce")) ? new Nonce(json.Text("nonce")!) : null;
        return nonce is not null;
    }

    /// <summary>The signature over its 32 ASCII characters.</summary>
    public string Sign(SigningKey key) => key.SignHex(Encoding.ASCII.GetBytes(_digits));

    private static bool IsNonce(string? text) => text is { Length: Length } && text.All(char.IsAsciiHexDigitLower);
}
