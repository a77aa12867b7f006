using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NymDirectory.Load.Crowds;
using NymDirectory.Signatures;

namespace NymDirectory.Load.Tests.Crowds;

public sealed class ClientJsonTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Send_AnyNumber_IsSignedAndBothItsWaysTellTheNumber(bool withReference)
    {
        var sender = Person.Create(7, "x");

        using var json = JsonDocument.Parse(ClientJson.Send(sender, "bob", 0x01ab_cdef, characters: 16, withReference));
        var content = json.RootElement.GetProperty("content").GetString()!;
        using var read = JsonDocument.Parse(content);
        var body = JsonEncodedText.Encode(read.RootElement.GetProperty("body").GetRawText(), JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

        Assert.True(new SignatureVerifier(sender.Key.PublicKey).Verify(Encoding.UTF8.GetBytes(content), json.RootElement.GetProperty("signature").GetString()));
        Assert.Equal(0x01ab_cdef, ClientJson.Number(Encoding.UTF8.GetBytes($$"""{"action":"incomingMessage","content":"{{body}}"}""")));
        Assert.Equal(withReference, json.RootElement.TryGetProperty("ref", out var reference));
        var answer = withReference ? $$"""{"action":"sendResponse","signature":"30ff","ref":"{{reference.GetString()}}"}""" : """{"action":"sendResponse"}""";
        Assert.Equal(withReference ? 0x01ab_cdef : -1, ClientJson.Reference(Encoding.UTF8.GetBytes(answer)));
    }

    [Fact]
    public void NameOf_ManyNumbers_AreAllDifferent() =>
        Assert.Equal(100_000, Enumerable.Range(0, 100_000).Select(number => Person.NameOf(number, "x")).Distinct().Count());
}
