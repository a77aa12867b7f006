using System.Text;
using CsCheck;

namespace NymDirectory.Gateway.Tests.Protocol;

/// <summary>What strangers may send: bytes, broken and strange JSON, and real requests with damage.</summary>
internal static class HostileMessages
{
    private static readonly Gen<string> Token = OneOfThese(
        "{", "}", "[", "]", ":", ",", "\"", "\\", "\\u", "\\ud800", "\\udc00", "\\u0000", "null", "true", "1e999", "-0", "NaN", "//", " ",
        "\"action\"", "\"query\"", "\"send\"", "\"register\"", "\"username\"", "\"usernym\"", "\"content\"", "\"signature\"", "\"publicKey\"",
        "\uFEFF", "\0", "ż", "🚀");

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String, OneOfThese("", "bob", "\\ud800", "a\\udfffb", "\\ud83d\\ude80", "\\n", "\\\"", "query", "send", "login", "info", "ack", "00112233445566778899aabbccddeeff"));

    private static readonly Gen<string> Value = Gen.OneOf(
        Text.Select(text => $"\"{text}\""), OneOfThese("null", "1", "[]", "{}", "[{\"action\":\"send\"}]", "{\"a\":[1,2]}", "true", "[\"00112233445566778899aabbccddeeff\",1,[[]]]"));

    private static readonly Gen<string> Name = OneOfThese(
        "action", "username", "usernym", "publicKey", "content", "signature", "\\u0061ction", "\\ud800", "", "features", "ids", "ref");

    private static readonly Gen<string> Object = Gen.Select(Name, Value, (name, value) => $"\"{name}\":{value}").Array[0, 8]
        .Select(members => "{" + string.Join(',', members) + "}");

    private static readonly Gen<string> Soup = Token.Array[0, 40].Select(string.Concat);

    /// <summary>Any of them.</summary>
    public static readonly Gen<byte[]> All = Gen.OneOf(Gen.Byte.Array[0, 200], Soup.Select(Encoding.UTF8.GetBytes), Object.Select(Encoding.UTF8.GetBytes));

    private static Gen<string> OneOfThese(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    /// <summary>A message with some of its bytes changed, or its end cut off.</summary>
    public static Gen<byte[]> DamageTo(string message)
    {
        var bytes = Encoding.UTF8.GetBytes(message);
        return Gen.Select(Gen.Int[0, bytes.Length], Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte).Array[0, 4], (length, changes) =>
        {
            var damaged = bytes.ToArray();
            foreach (var (index, value) in changes)
            {
                damaged[index] = value;
            }

            return damaged[..length];
        });
    }
}
