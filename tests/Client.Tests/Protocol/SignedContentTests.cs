using System.Text;
using NymDirectory.Client.Cryptography;
using NymDirectory.Client.Json;
using NymDirectory.Client.Protocol;
using NymDirectory.Client.Tests.Fakes;
using NymDirectory.Signatures;
using NymDirectory.TestKit;

namespace NymDirectory.Client.Tests.Protocol;

public sealed class SignedContentTests
{
    private static readonly Vectors Vectors = Vectors.Load();

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    public void ForNode_VectorsBody_IsTheSameText(int index, bool withKey)
    {
        var vector = Vectors.Sends[index];
        var made = SignedContent.Create(People.Alice, "bob", BodyOf(vector), withKey);

        Assert.Equal(vector.Content, made.Content);
        Assert.Equal(vector.Content.Length, made.Size);
        Assert.True(new SignatureVerifier(People.Alice.Key.PublicKey).Verify(Encoding.UTF8.GetBytes(made.Content), made.Signature));
        Assert.Equal(vector.Message, (made with { Signature = vector.Signature, Reference = null }).ForNode());
    }

    [Fact]
    public void ForNode_HandshakeVectorsBody_IsTheSameText()
    {
        var made = SignedContent.Create(People.Alice, "bob", BodyOf(Vectors.Handshake), withKey: false);
        Assert.Equal(Vectors.Handshake.Message, (made with { Signature = Vectors.Handshake.Signature, Reference = null }).ForNode());
    }

    [Fact]
    public void ForRecipient_DirectVectorsBody_IsTheSameText()
    {
        var made = SignedContent.Create(People.Alice, "bob", BodyOf(Vectors.Direct), withKey: false);
        Assert.Equal(Vectors.Direct.Content, made.Content);
        Assert.Equal(Vectors.Direct.Message, (made with { Signature = Vectors.Direct.Signature }).ForRecipient());
    }

    private static SealedBody BodyOf(Vectors.MessageVector vector)
    {
        Assert.True(JsonParser.TryParse(Encoding.UTF8.GetBytes(vector.Content), out var json));
        Assert.True(SealedBody.TryRead(json["body"], out var body));
        return body;
    }
}
