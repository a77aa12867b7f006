using System.Text;
using CsCheck;
using NymDirectory.Client.Json;

namespace NymDirectory.Client.Tests.Json;

public sealed class JsonParserTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("[1,]")]
    [InlineData("{\"a\":1} x")]
    [InlineData("NaN")]
    [InlineData("// comment\n1")]
    [InlineData("\"\\ud8\"")]
    [InlineData("\"\\x\"")]
    [InlineData("'a'")]
    public void TryParse_NotJson_IsRefused(string text) => Assert.False(JsonParser.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void TryParse_InvalidUtf8InAString_IsRefused() => Assert.False(JsonParser.TryParse([(byte)'"', 0xC3, 0x28, (byte)'"'], out _));

    [Fact]
    public void TryParse_DeeperThan64_IsRefused()
    {
        Assert.True(JsonParser.TryParse(Encoding.ASCII.GetBytes(new string('[', 64) + new string(']', 64)), out _));
        Assert.False(JsonParser.TryParse(Encoding.ASCII.GetBytes(new string('[', 65) + new string(']', 65)), out _));
        Assert.False(JsonParser.TryParse(Encoding.ASCII.GetBytes(new string('[', 100_000)), out _));
    }

    [Fact]
    public void TryParse_AnyBytes_NeverThrows() => Gen.Byte.Array.Sample(bytes => JsonParser.TryParse(bytes, out _) || true);

    [Fact]
    public void TryParse_MutatedJson_NeverThrows()
    {
        var seed = """{"a": ["\u00e9\ud83d\ude80", -1.5e3, true, {"b": null}], "c": "\"\\"}"""u8.ToArray();
        Gen.Select(Gen.Int[0, seed.Length - 1], Gen.Byte, Gen.Int[0, seed.Length - 1], Gen.Byte).Sample((i, x, j, y) =>
        {
            var bytes = seed.ToArray();
            (bytes[i], bytes[j]) = (x, y);
            return !JsonParser.TryParse(bytes, out var value) || PythonJson.Print(value).Length > 0;
        });
    }

    [Fact]
    public void TryEncode_LoneSurrogate_HasNoUtf8()
    {
        Assert.False(JsonParser.TryEncode("a\ud800", out _));
        Assert.True(JsonParser.TryEncode("\ud83d\ude80", out var bytes));
        Assert.Equal(4, bytes.Length);
    }
}
