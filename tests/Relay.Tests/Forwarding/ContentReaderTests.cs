using System.Text;
using System.Text.Json;
using CsCheck;
using NymDirectory.Relay.Forwarding;
using NymDirectory.TestKit;

namespace NymDirectory.Relay.Tests.Forwarding;

public sealed class ContentReaderTests
{
    public static TheoryData<string, string> Messages
    {
        get
        {
            var vectors = Vectors.Load();
            var rows = new TheoryData<string, string>();
            foreach (var message in (IEnumerable<Vectors.MessageVector>)[.. vectors.Sends, vectors.Handshake, vectors.Direct])
            {
                rows.Add(message.Content, message.ForwardContent);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Read_MessageOfTheVectors_GivesTheRecipientTheSameBytes(string content, string forwardContent) =>
        Assert.Equal(forwardContent, Forwarded(content));

    [Theory]
    [InlineData("""{"sender":"a","recipient":"b"}""", """{"sender": "a", "body": null}""")]
    [InlineData("""{"body":1.0,"recipient":"b","sender":"a"}""", """{"sender": "a", "body": 1.0}""")]
    [InlineData("""{"sender":"a","recipient":"b","body":-12345678901234567890123456789}""", """{"sender": "a", "body": -12345678901234567890123456789}""")]
    [InlineData("""{"sender":"a","recipient":"b","body": { "x" :[1 , 2]} }""", """{"sender": "a", "body": { "x" :[1 , 2]}}""")]
    [InlineData("""{"sender":"a","recipient":"b","body":"\u00e9\/\ud800"}""", """{"sender": "a", "body": "\u00e9\/\ud800"}""")]
    [InlineData("""{"sender":"a","recipient":"b","body":null,"senderPublicKey":null}""", """{"sender": "a", "body": null, "senderPublicKey": null}""")]
    [InlineData("""{"sender":"a","recipient":"b","senderPublicKey":[7]}""", """{"sender": "a", "body": null, "senderPublicKey": [7]}""")]
    [InlineData("""{"sender":"\u0061","recipient":"b","body":true}""", """{"sender": "\u0061", "body": true}""")]
    [InlineData("""{"sender":"x","sender":"a","recipient":"b","body":1,"body":2,"senderPublicKey":1,"senderPublicKey":2}""", """{"sender": "a", "body": 2, "senderPublicKey": 2}""")]
    [InlineData("""{"s\u0065nder":"a","\u0072ecipient":"b","bod\u0079":1,"x":{"sender":"z","body":9}}""", """{"sender": "a", "body": 1}""")]
    [InlineData("""{"\ud800":1,"sender":"a","recipient":"b","body":"ü"}""", """{"sender": "a", "body": "ü"}""")]
    public void Read_Valid_GivesTheRecipientTheValuesAsTheyCame(string content, string forwardContent) =>
        Assert.Equal(forwardContent, Forwarded(content));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("hello")]
    [InlineData("{")]
    [InlineData("""{"sender":"a","recipient":"b"} x""")]
    [InlineData("""{"sender":"a","recipient":"b"}{}""")]
    [InlineData("""{"sender":"a","recipient":"b",}""")]
    [InlineData("""{"sender":"a","recipient":"b","body":NaN}""")]
    [InlineData("""{"sender":"a","recipient":"b","body":01}""")]
    [InlineData("""{"sender":"a","recipient":"b"/*c*/}""")]
    [InlineData("""{"sender":"a","recipient":"\x"}""")]
    [InlineData("\uFEFF{}")]
    [InlineData("""[1,2""")]
    public void Read_NotJson_IsThat(string content) => Assert.Equal(ContentFault.NotJson, Fault(content));

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("\"sender\"")]
    [InlineData("{}")]
    [InlineData("""{"sender":"a"}""")]
    [InlineData("""{"recipient":"b"}""")]
    [InlineData("""{"sender":"","recipient":"b"}""")]
    [InlineData("""{"sender":"a","recipient":""}""")]
    [InlineData("""{"sender":1,"recipient":"b"}""")]
    [InlineData("""{"sender":"a","recipient":{"x":"b"}}""")]
    [InlineData("""{"sender":"a","recipient":"b","recipient":null}""")]
    [InlineData("""{"sender":"a","sender":["a"],"recipient":"b"}""")]
    [InlineData("""{"Sender":"a","recipient":"b"}""")]
    public void Read_WithoutParties_IsThat(string content) => Assert.Equal(ContentFault.NoParties, Fault(content));

    [Fact]
    public void Read_InvalidUtf8InAString_IsNotJson()
    {
        byte[] content = [.. "{\"sender\":\"a\",\"recipient\":\"b\",\"body\":\""u8, 0xFF, .. "\"}"u8];
        Assert.Equal(ContentFault.NotJson, ContentReader.Read(content, out _));
    }

    [Theory]
    [InlineData(998, 0)]
    [InlineData(1001, 1)]
    [InlineData(60_000, 1)]
    public void Read_DeepNesting_IsReadOrRefused(int depth, int fault) =>
        Assert.Equal((ContentFault)fault, Fault($$"""{"sender":"a","recipient":"b","body":{{new string('[', depth)}}{{new string(']', depth)}}}"""));

    [Fact]
    public void Read_HalfSurrogatesInNames_AreNamesOfNobody()
    {
        var content = Read("""{"sender":"a\ud800","recipient":"\udc00\ud83d\ude00b\ud83d"}""");
        Assert.Equal("a\uFFFD", content.Sender);
        Assert.Equal("\uFFFD\U0001F600b\uFFFD", content.Recipient);
    }

    [Fact]
    public void Read_EscapedNames_AreWhatTheyMean()
    {
        var content = Read("""{"sender":"\"\\\/\b\f\n\r\tü\u00fC","recipient":"b\u0000"}""");
        Assert.Equal("\"\\/\b\f\n\r\tüü", content.Sender);
        Assert.Equal("b\0", content.Recipient);
    }

    [Fact]
    public void Read_AnyBytes_NeverThrows() =>
        Gen.Byte.Array[0, 200].Sample(bytes => Assert.NotEqual(ContentFault.None, ContentReader.Read(bytes, out _)));

    [Fact]
    public void Read_AnythingLikeJson_AgreesWithAnotherReader() =>
        HostileJson.Text.Sample(text =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Assert.Equal(HostileJson.Expected(bytes), ContentReader.Read(bytes, out _));
        });

    [Fact]
    public void Build_AnythingValid_IsJsonWithTheSameValues() =>
        HostileJson.Value.Select(HostileJson.Value).Sample((body, key) =>
        {
            var text = Forwarded($$"""{"recipient":"b","body":{{body}} ,"senderPublicKey": {{key}},"sender":"a"}""");
            Assert.Equal($$"""{"sender": "a", "body": {{body}}, "senderPublicKey": {{key}}}""", text);
            using var parsed = JsonDocument.Parse(text);
        });

    [Fact]
    public void JsonStringText_AnyText_IsWhatTheReaderWouldSay() =>
        Gen.String.Sample(text =>
        {
            var escaped = JsonSerializer.SerializeToUtf8Bytes(text).AsSpan()[1..^1];
            Assert.Equal(JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(text)), JsonStringText.Decode(escaped));
        });

    private static ContentFault Fault(string content) => ContentReader.Read(Encoding.UTF8.GetBytes(content), out _);

    private static string Forwarded(string content) => Encoding.UTF8.GetString(RecipientContent.Build(Read(content)));

    private static SignedContent Read(string content)
    {
        Assert.Equal(ContentFault.None, ContentReader.Read(Encoding.UTF8.GetBytes(content), out var signed));
        return signed!;
    }
}
