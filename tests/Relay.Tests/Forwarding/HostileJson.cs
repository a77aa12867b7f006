using System.Text.Json;
using CsCheck;
using NymDirectory.Relay.Forwarding;

namespace NymDirectory.Relay.Tests.Forwarding;

/// <summary>Texts on the edge of JSON, and what a simple reader says of them.</summary>
internal static class HostileJson
{
    private static readonly Gen<string> Atom = OneOf(
        "null", "true", "0", "-0", "1.0", "1e5", "1E+400", "123456789012345678901234567890", "\"\"", "\"a\"", "\"b\"", "\"\\u0061\"",
        "\"\\ud800\"", "\"\\ud83d\\ude00\"", "\"ü\"", "[]", "{}", "[1 , 2]", "{ \"sender\" : 1}", "[[[[]]]]", "\"\\\"}\"");

    private static readonly Gen<string> Name = OneOf(
        "\"sender\"", "\"recipient\"", "\"body\"", "\"senderPublicKey\"", "\"s\\u0065nder\"", "\"reci\\u0070ient\"", "\"\\udfff\"", "\"x\"", "\"Sender\"");

    private static readonly Gen<string> Object =
        Gen.Select(Name, Atom, (name, value) => $"{name}: {value}").Array[0, 6].Select(members => "{" + string.Join(", ", members) + "}");

    /// <summary>A JSON value.</summary>
    public static Gen<string> Value { get; } = Gen.OneOf(Atom, Object);

    /// <summary>JSON, or nearly: a character in it may be lost or another.</summary>
    public static Gen<string> Text { get; } = Gen.Select(Value, Gen.Int[0, 200], Gen.Int[0, 5], OneOf("", "\"", "{", "}", ",", "\\", " ", "0"))
        .Select((text, at, kind, other) => kind == 0 && at < text.Length ? text[..at] + other + text[(at + 1)..] : text);

    public static ContentFault Expected(byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = 1000 });
            return document.RootElement.ValueKind == JsonValueKind.Object
                && HasParty(document.RootElement, "sender") && HasParty(document.RootElement, "recipient")
                ? ContentFault.None
                : ContentFault.NoParties;
        }
        catch (JsonException)
        {
            return ContentFault.NotJson;
        }
    }

    private static bool HasParty(JsonElement content, string name)
    {
        var last = content.EnumerateObject().LastOrDefault(member => NameOf(member) == name).Value;
        return last.ValueKind == JsonValueKind.String && last.GetRawText() != "\"\"";
    }

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            return "";
        }
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
