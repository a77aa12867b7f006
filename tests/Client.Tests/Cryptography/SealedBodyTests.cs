using System.Text;
using CsCheck;
using NymDirectory.Client.Cryptography;
using NymDirectory.Client.Json;
using NymDirectory.Client.Tests.Fakes;
using NymDirectory.Signatures;
using NymDirectory.TestKit;

namespace NymDirectory.Client.Tests.Cryptography;

public sealed class SealedBodyTests
{
    public static TheoryData<string> Messages => new("0", "1", "2", "3", "handshake", "direct");

    [Theory]
    [MemberData(nameof(Messages))]
    public void TryOpen_Vector_GivesThePlaintext(string name)
    {
        var vector = VectorOf(name);
        var body = BodyOf(vector.ForwardContent);

        Assert.Equal(vector.SignedInnerString, body.SignedText);
        Assert.True(body.IsSignedBy(People.Alice.Key.PublicKey));
        Assert.False(body.IsSignedBy(People.Bob.Key.PublicKey));
        Assert.True(body.TryOpen(People.Bob.Key, out var type, out var text));
        Assert.Equal(vector.Type, (int)type);
        Assert.Equal(vector.Plaintext, text);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void TryRead_VectorPrintedAnotherWay_RebuildsWhatWasSigned(string name)
    {
        // Members in order, but without blanks and with other escapes, as another node could pass it on.
        var vector = VectorOf(name);
        using var document = System.Text.Json.JsonDocument.Parse(vector.Content);
        var body = BodyOf(System.Text.Json.JsonSerializer.Serialize(document.RootElement));

        Assert.Equal(vector.SignedInnerString, body.SignedText);
        Assert.True(body.IsSignedBy(People.Alice.Key.PublicKey));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void ToJson_Vector_IsPrintedAsItCame(string name)
    {
        var vector = VectorOf(name);
        Assert.Contains($"\"body\": {PythonJson.Print(BodyOf(vector.Content).ToJson())}", vector.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Seal_AnyText_OpensForTheRecipientOnly()
    {
        using var stranger = SigningKey.Generate();
        Gen.Select(Gen.String, Gen.Bool).Sample(
            (text, handshake) =>
            {
                var sent = handshake ? MessageType.Handshake : MessageType.Chat;
                using var material = SealingMaterial.Fresh();
                var sealedBody = SealedBody.Seal(People.Alice.Key, People.Bob.Key.PublicKey, sent, text, material);
                Assert.True(JsonParser.TryParse(Encoding.ASCII.GetBytes(PythonJson.Print(sealedBody.ToJson())), out var json));
                Assert.True(SealedBody.TryRead(json, out var body));

                Assert.True(body.IsSignedBy(People.Alice.Key.PublicKey));
                Assert.True(body.TryOpen(People.Bob.Key, out var type, out var opened));
                Assert.Equal((sent, text), (type, opened));
                Assert.False(body.TryOpen(stranger, out _, out _));
            },
            iter: 50);
    }

    [Fact]
    public void Seal_FixedMaterial_IsAlwaysTheSamePayload()
    {
        using var ephemeral = SigningKey.FromPem(Vectors.Load().Keys["node"].Private);
        var material = new SealingMaterial(ephemeral, [.. Enumerable.Range(0, 16).Select(i => (byte)i)], new byte[12]);
        var body = SealedBody.Seal(People.Alice.Key, People.Bob.Key.PublicKey, MessageType.Chat, FixedPayload.Text, material);

        // Computed with Python's cryptography package from the same key, salt and IV.
        Assert.Equal(FixedPayload.Expected, body.SignedText);
        Assert.True(body.IsSignedBy(People.Alice.Key.PublicKey));
    }

    [Fact]
    public void Seal_Twice_SharesNothing()
    {
        using var first = SealingMaterial.Fresh();
        using var second = SealingMaterial.Fresh();
        Assert.NotEqual(first.Salt, second.Salt);
        Assert.NotEqual(first.InitializationVector, second.InitializationVector);
        Assert.NotEqual(first.Ephemeral.PublicKey, second.Ephemeral.PublicKey);
    }

    [Theory]
    [InlineData("ephemeralPublicKey", "not a key")]
    [InlineData("ephemeralPublicKey", "")]
    [InlineData("salt", "zz")]
    [InlineData("salt", "abc")]
    [InlineData("iv", "00")]
    [InlineData("iv", "")]
    [InlineData("ciphertext", "0")]
    [InlineData("tag", "00112233")]
    [InlineData("tag", "00000000000000000000000000000000")]
    public void TryOpen_SpoiltMember_IsRefused(string member, string value)
    {
        Assert.True(JsonParser.TryParse(Encoding.UTF8.GetBytes(Vectors.Load().Sends[0].Content), out var content));
        var payload = (JsonMembers)content["body"]!["encryptedPayload"]!;
        var holder = payload.Items.ContainsKey(member) ? payload : (JsonMembers)payload["encryptedBody"]!;
        holder.Add(member, value);

        Assert.True(SealedBody.TryRead(content["body"], out var body));
        Assert.False(body.IsSignedBy(People.Alice.Key.PublicKey));
        Assert.False(body.TryOpen(People.Bob.Key, out _, out _));
    }

    [Fact]
    public void TryOpen_BadEphemeralKey_IsRefused()
    {
        foreach (var bad in Vectors.Load().BadPublicKeys)
        {
            Assert.True(JsonParser.TryParse(Encoding.UTF8.GetBytes(Vectors.Load().Sends[0].Content), out var content));
            ((JsonMembers)content["body"]!["encryptedPayload"]!).Add("ephemeralPublicKey", bad.Pem);
            Assert.True(SealedBody.TryRead(content["body"], out var body));
            Assert.False(body.TryOpen(People.Bob.Key, out _, out _), bad.Name);
        }
    }

    [Fact]
    public void Id_OtherSignatureSamePayload_IsTheSame()
    {
        Assert.True(JsonParser.TryParse(Encoding.UTF8.GetBytes(Vectors.Load().Sends[0].Content), out var content));
        Assert.True(SealedBody.TryRead(content["body"], out var body));
        ((JsonMembers)content["body"]!).Add("payloadSignature", "00");
        Assert.True(SealedBody.TryRead(content["body"], out var other));

        Assert.Equal(body.Id("alice"), other.Id("alice"));
        Assert.NotEqual(body.Id("alice"), body.Id("alicia"));
        Assert.NotEqual(body.Id("alice"), BodyOf(Vectors.Load().Sends[1].Content).Id("alice"));
    }

    private static Vectors.MessageVector VectorOf(string name) => name switch
    {
        "handshake" => Vectors.Load().Handshake,
        "direct" => Vectors.Load().Direct,
        _ => Vectors.Load().Sends[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)],
    };

    private static SealedBody BodyOf(string content)
    {
        Assert.True(JsonParser.TryParse(Encoding.UTF8.GetBytes(content), out var json));
        Assert.True(SealedBody.TryRead(json["body"], out var body));
        return body;
    }
}
