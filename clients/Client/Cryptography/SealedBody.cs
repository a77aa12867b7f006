using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using NymDirectory.Client.Json;
using NymDirectory.Client.Receipts;
using NymDirectory.Signatures;

namespace NymDirectory.Client.Cryptography;

/// <summary>
/// A message's <c>body</c>: an <c>encryptedPayload</c> and the sender's signature over it, printed the way Python prints it.
/// </summary>
internal sealed class SealedBody
{
    private readonly JsonValue _payload;

    private SealedBody(JsonValue payload, string signature)
    {
        _payload = payload;
        Signature = signature;
        SignedText = PythonJson.Print(payload);
    }

    /// <summary>What <c>payloadSignature</c> covers; ASCII only.</summary>
    public string SignedText { get; }

    /// <summary><c>payloadSignature</c>, as it came.</summary>
    public string Signature { get; }

    /// <summary>
    /// Names this payload, the same whether it came straight or through the node (which passes on the body only). Salt, key and IV are fresh in every
    /// message, so what has the same id is the same message again. The signature is left out: a second valid one can be computed from it by anybody.
    /// </summary>
    public UInt128 Id(string sender) => Mark.Of($"{sender}\n{SignedText}");

    /// <summary>Encrypts for <paramref name="recipient"/> and signs.</summary>
    public static SealedBody Seal(SigningKey sender, P256PublicKey recipient, MessageType type, string text, SealingMaterial material)
    {
        var plaintext = PythonJson.Print(new JsonMembers
        {
            { "type", new JsonNumber(((int)type).ToString(CultureInfo.InvariantCulture)) },
            { "message", text },
        });
        var (ciphertext, tag) = SessionCipher.Encrypt(
            material.Ephemeral, recipient, material.Salt, material.InitializationVector, Encoding.ASCII.GetBytes(plaintext));
        var payload = new JsonMembers
        {
            { "ephemeralPublicKey", material.Ephemeral.PublicKey.Pem },
            { "salt", Convert.ToHexStringLower(material.Salt) },
            {
                "encryptedBody", new JsonMembers
                {
                    { "iv", Convert.ToHexStringLower(material.InitializationVector) },
                    { "ciphertext", Convert.ToHexStringLower(ciphertext) },
                    { "tag", Convert.ToHexStringLower(tag) },
                }
            },
        };
        return new SealedBody(payload, sender.SignHex(Encoding.ASCII.GetBytes(PythonJson.Print(payload))));
    }

    /// <summary>Reads a <c>body</c>; its signature and payload are not looked at yet. Never throws.</summary>
    public static bool TryRead(JsonValue? json, [NotNullWhen(true)] out SealedBody? body)
    {
        body = json?["encryptedPayload"] is JsonMembers payload && json.Text("payloadSignature") is { } signature
            ? new SealedBody(payload, signature)
            : null;
        return body is not null;
    }

    /// <summary>As it stands in <c>content</c>.</summary>
    public JsonMembers ToJson() => new() { { "encryptedPayload", _payload }, { "payloadSignature", Signature } };

    /// <summary>Whether the owner of that key signed the payload.</summary>
    public bool IsSignedBy(P256PublicKey sender) => new SignatureVerifier(sender).Verify(Encoding.ASCII.GetBytes(SignedText), Signature);

    /// <summary>Decrypts; false when it is not for this key, was altered, or does not hold what nymCHAT puts in. Never throws.</summary>
    public bool TryOpen(SigningKey recipient, out MessageType type, [NotNullWhen(true)] out string? text)
    {
        type = default;
        text = null;
        return SealedPayload.TryRead(_payload, out var payload)
            && SessionCipher.TryDecrypt(recipient, payload, out var plaintext)
            && JsonParser.TryParse(plaintext, out var json)
            && TryReadType(json, out type)
            && (text = json.Text("message")) is not null;
    }

    private static bool TryReadType(JsonValue json, out MessageType type)
    {
        type = (json["type"] as JsonNumber)?.Written == "1" ? MessageType.Handshake : MessageType.Chat;
        return json["type"] is JsonNumber { Written: "0" or "1" };
    }
}
