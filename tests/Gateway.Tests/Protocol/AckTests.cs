using System.Text;
using CsCheck;
using NymDirectory.Gateway.Protocol;

namespace NymDirectory.Gateway.Tests.Protocol;

public sealed class AckTests
{
    private const string Id = "00112233445566778899aabbccddeeff";

    [Theory]
    [InlineData($$"""["{{Id}}"]""", 1, 0)]
    [InlineData("""["00112233445566778899AABBCCDDEEFF"]""", 1, 0)]
    [InlineData("""["\u0030\u0030112233445566778899aabbccddeeff"]""", 1, 0)]
    [InlineData($$"""["{{Id}}", "short", "{{Id}}0", 7, null, ["{{Id}}"], {"id": "{{Id}}"}, "{{Id}}"]""", 2, 6)]
    [InlineData($$"""["{{Id}}", "0011223344556677 899aabbccddeeff", "\ud800112233445566778899aabbccddeef"]""", 1, 2)]
    public void Parse_Ids_TakesWhatCanBeOne(string ids, int usable, int unusable)
    {
        var asked = Assert.IsType<AckAsked>(Parse($$"""{"action": "ack", "ids": {{ids}}}""").Request);

        Assert.Equal((usable, unusable), (asked.Ids.Count, asked.Unusable));
        Assert.All(asked.Ids, id => Assert.Equal(Id, Convert.ToHexStringLower(id.Span)));
    }

    [Theory]
    [InlineData("""{"action": "ack"}""")]
    [InlineData("""{"action": "ack", "ids": []}""")]
    [InlineData("""{"action": "ack", "ids": null}""")]
    [InlineData($$"""{"action": "ack", "ids": "{{Id}}"}""")]
    [InlineData("""{"action": "ack", "ids": {"a": ["00112233445566778899aabbccddeeff"]}}""")]
    [InlineData("""{"action": "ack", "ids": ["not an id"]}""")]
    public void Parse_NoIdAtAll_IsDroppedAndNotAnswered(string message) =>
        Assert.Equal((null, DropReason.MalformedAck), (Parse(message).Request, Parse(message).Drop));

    [Fact]
    public void Parse_LargerThanAMessageMayBe_IsDropped() => Assert.Equal(
        DropReason.MalformedAck, Parse($$"""{"action": "ack", "ids": ["{{Id}}"], "x": "{{new string('x', 16 * 1024)}}"}""").Drop);

    [Fact]
    public void Parse_MoreThan256Ids_TakesTheFirst256()
    {
        var asked = Assert.IsType<AckAsked>(Parse(Message(Enumerable.Repeat(Id, 300))).Request);

        Assert.Equal((256, 44), (asked.Ids.Count, asked.Unusable));
    }

    [Fact]
    public void Parse_AnyIds_GivesThemInOrder() => Gen.Byte.Array[16].Array[1, 40].Sample(
        ids => ((AckAsked)Parse(Message(ids.Select(id => Convert.ToHexStringLower(id)))).Request!).Ids
            .Select(id => id.ToByteArray()).SequenceEqual(ids, new BytesComparer()),
        iter: 500);

    private static string Message(IEnumerable<string> ids) => $$"""{"action":"ack","ids":[{{string.Join(',', ids.Select(id => $"\"{id}\""))}}]}""";

    private static ParsedMessage Parse(string message) => RequestParser.Parse(Encoding.UTF8.GetBytes(message));

    private sealed class BytesComparer : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => obj.Length;
    }
}
