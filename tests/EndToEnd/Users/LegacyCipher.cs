using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NymDirectory.Signatures;

namespace NymDirectory.EndToEnd.Users;

/// <summary>End-to-end encryption as existing nymCHAT clients do it.</summary>
internal static class LegacyCipher
{
    private static readonly byte[] Info = "ECDH session key"u8.ToArray();

    /// <summary>The <c>body</c> of a message.</summary>
    public static JsonObject Seal(SigningKey sender, P256PublicKey recipient, int type, string text)
    {
        using var ephemeral = SigningKey.Generate();
        var salt = RandomNumberGenerator.GetBytes(16);
        var iv = RandomNumberGenerator.GetBytes(12);
        var plaintext = Encoding.UTF8.GetBytes(PythonJson.Print(new JsonObject { ["type"] = type, ["message"] = text }));
        var (ciphertext, tag) = (new byte[plaintext.Length], new byte[16]);
        using (var aes = new AesGcm(Derive(ephemeral.DeriveSharedSecret(recipient), salt), tag.Length))
        {
            aes.Encrypt(iv, plaintext, ciphertext, tag);
        }

        var payload = new JsonObject
        {
            ["ephemeralPublicKey"] = ephemeral.PublicKey.Pem,
            ["salt"] = Convert.ToHexStringLower(salt),
            ["encryptedBody"] = new JsonObject
            {
                ["iv"] = Convert.ToHexStringLower(iv),
                ["ciphertext"] = Convert.ToHexStringLower(ciphertext),
                ["tag"] = Convert.ToHexStringLower(tag),
            },
        };
        var signature = sender.SignHex(Encoding.UTF8.GetBytes(PythonJson.Print(payload)));
        return new JsonObject { ["encryptedPayload"] = payload, ["payloadSignature"] = signature };
    }

    /// <summary>Opens a <c>body</c> and insists on the sender's signature.</summary>
    public static (int Type, string Text) Open(SigningKey recipient, P256PublicKey sender, JsonNode body)
    {
        var payload = body["encryptedPayload"]!;
        var signed = Encoding.UTF8.GetBytes(PythonJson.Print(payload));
        Assert.True(new SignatureVerifier(sender).Verify(signed, Text(body, "payloadSignature")), "the inner signature");
        Assert.True(P256PublicKey.TryParsePem(Text(payload, "ephemeralPublicKey"), out var ephemeral));
        var sealedBody = payload["encryptedBody"]!;
        var ciphertext = Bytes(sealedBody, "ciphertext");
        var plaintext = new byte[ciphertext.Length];
        using (var aes = new AesGcm(Derive(recipient.DeriveSharedSecret(ephemeral), Bytes(payload, "salt")), 16))
        {
            aes.Decrypt(Bytes(sealedBody, "iv"), ciphertext, Bytes(sealedBody, "tag"), plaintext);
        }

        var message = JsonNode.Parse(plaintext)!;
        return (message["type"]!.GetValue<int>(), Text(message, "message"));
    }

    private static byte[] Derive(byte[] shared, byte[] salt) => HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, salt, Info);

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();

    private static byte[] Bytes(JsonNode node, string member) => Convert.FromHexString(Text(node, member));
}
