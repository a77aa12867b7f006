using System.Text;
using NymDirectory.Client.Protocol;
using NymDirectory.Client.Tests.Fakes;
using NymDirectory.Signatures;
using NymDirectory.TestKit;

namespace NymDirectory.Client.Tests.Protocol;

public sealed class NonceTests
{
    [Fact]
    public void Sign_Vector_IsASignatureOverItsCharacters()
    {
        var digits = Vectors.Load().Challenge.Nonce;
        Assert.True(Nonce.TryRead(ChallengeWith($$"""{"nonce": "{{digits}}"}"""), out var nonce));

        var signature = nonce.Sign(People.Alice.Key);

        var verifier = new SignatureVerifier(People.Alice.Key.PublicKey);
        Assert.True(verifier.Verify(Encoding.ASCII.GetBytes(digits), signature));
        Assert.True(verifier.Verify(Encoding.ASCII.GetBytes(digits), Vectors.Load().Challenge.Signature));
    }

    [Theory]
    [InlineData("""{"nonce": "00112233445566778899AABBCCDDEEFF"}""")]
    [InlineData("""{"nonce": "00112233445566778899aabbccddeef"}""")]
    [InlineData("""{"nonce": "00112233445566778899aabbccddeeff0"}""")]
    [InlineData("""{"nonce": "00112233445566778899aabbccddeeff\n"}""")]
    [InlineData("""{"nonce": "００１１22334455667788990011223344"}""")]
    [InlineData("""{"nonce": "{\"sender\": \"alice\"}"}""")]
    [InlineData("""{"nonce": 1}""")]
    [InlineData("""{"nonce": null}""")]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("00112233445566778899aabbccddeeff")]
    public void TryRead_AnythingElse_IsRefused(string content) => Assert.False(Nonce.TryRead(ChallengeWith(content), out _));

    private static NodeEnvelope ChallengeWith(string content) =>
        new("challenge", "login", content, Encoding.UTF8.GetBytes(content), "", Reference: null, Delivery: null);
}
