using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NymDirectory.Signatures;

namespace NymDirectory.Load.Crowds;

/// <summary>What existing clients say, printed as they print it; bodies have the sizes of real ones.</summary>
internal static class ClientJson
{
    // What stands before it in the answer has no hex digits between.
    private const string NumberMember = "ciphertext";

    private const int NumberDigits = 8;

    private const string ReferenceMember = "\"ref\"";

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);
    private static readonly string EphemeralKey = MakeEphemeralKey();

    public static string Query(string name) => $$"""{"action": "query", "username": "{{name}}"}""";

    public static string Register(string name, string publicKeyPem) =>
        $$"""{"action": "register", "usernym": "{{name}}", "publicKey": {{Quote(publicKeyPem)}}}""";

    public static string Login(string name) => $$"""{"action": "login", "usernym": "{{name}}"}""";

    public static string Answer(string action, string name, string signature) =>
        $$"""{"action": "{{action}}", "username": "{{name}}", "signature": "{{signature}}"}""";

    /// <summary>A signed message whose recipient can tell its number; with a reference its sender can, too, by the answer.</summary>
    public static string Send(Person from, string recipient, int number, int characters, bool withReference = false)
    {
        // {"type": 0, "message": "…"} is what is encrypted; all of it travels as hex.
        var cipherText = number.ToString("x8", CultureInfo.InvariantCulture) + RandomNumberGenerator.GetHexString((2 * (27 + characters)) - NumberDigits, lowercase: true);
        var payload = $$$"""
            {"encryptedPayload": {"ephemeralPublicKey": {{{Quote(EphemeralKey)}}}, "salt": "{{{Hex(16)}}}", "encryptedBody": {"iv": "{{{Hex(12)}}}", "ciphertext": "{{{cipherText}}}", "tag": "{{{Hex(16)}}}"}}, "payloadSignature": "{{{Hex(71)}}}"}
            """;
        var content = $$"""{"sender": "{{from.Name}}", "recipient": "{{recipient}}", "body": {{payload}}, "encrypted": true}""";
        var signature = from.Key.SignHex(Encoding.UTF8.GetBytes(content));
        var reference = withReference ? $", \"ref\": \"{number:x8}\"" : "";
        return $$"""{"action": "send", "content": {{Quote(content)}}, "signature": "{{signature}}"{{reference}}}""";
    }

    /// <summary>The number of a message that arrived.</summary>
    public static int Number(ReadOnlySpan<byte> incomingMessage) =>
        int.Parse(HexAfter(incomingMessage, NumberMember)[..NumberDigits], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>The number of the message that an answer is for; -1: it does not say.</summary>
    public static int Reference(ReadOnlySpan<byte> answer) => answer.IndexOf("\"ref\""u8) is >= 0 and var at
        ? int.Parse(HexAfter(answer[at..], ReferenceMember)[..NumberDigits], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : -1;

    /// <summary>The 32 digits that a challenge wants to have signed.</summary>
    public static ReadOnlySpan<byte> Nonce(ReadOnlySpan<byte> challenge) => HexAfter(challenge, "nonce")[..32];

    private static string MakeEphemeralKey()
    {
        using var key = SigningKey.Generate();
        return key.PublicKey.Pem;
    }

    private static ReadOnlySpan<byte> HexAfter(ReadOnlySpan<byte> json, string member)
    {
        Span<byte> name = stackalloc byte[member.Length];
        Encoding.ASCII.GetBytes(member, name);
        var rest = json[(json.IndexOf(name) + name.Length)..];
        return rest[rest.IndexOfAny(HexDigits)..];
    }

    private static string Hex(int bytes) => RandomNumberGenerator.GetHexString(2 * bytes, lowercase: true);

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
