using System.Text;
using System.Text.Json;
using NymDirectory.Gateway.Protocol;
using NymDirectory.Signatures;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.Protocol;

public sealed class EnvelopesTests : IDisposable
{
    private readonly SigningKey _key = SigningKey.FromPem(Vectors.Load().Keys["node"].Private);
    private readonly Envelopes _envelopes;

    public EnvelopesTests() => _envelopes = new Envelopes(_key);

    [Fact]
    public void Constant_EveryAnswerOfTheTable_IsSignedAndInOrder()
    {
        foreach (var answer in Answers.All)
        {
            var envelope = Read(_envelopes.Constant(answer));

            var form = AnswerForm.ResultOf(answer.Action);
            Assert.Equal((form.Action, answer.Content, form.Context), (envelope.Action, envelope.Content, envelope.Context));
        }
    }

    [Theory]
    [InlineData(ClientAction.Query, "queryResponse", "query")]
    [InlineData(ClientAction.Register, "challengeResponse", "registration")]
    [InlineData(ClientAction.RegistrationResponse, "challengeResponse", "registration")]
    [InlineData(ClientAction.Login, "challengeResponse", "login")]
    [InlineData(ClientAction.LoginResponse, "challengeResponse", "login")]
    [InlineData(ClientAction.Send, "sendResponse", "chat")]
    [InlineData(ClientAction.Info, "infoResponse", "node")]
    public void ResultOf_EachAction_IsAsTheProtocolSays(object action, string name, string context) =>
        Assert.Equal((name, context), (AnswerForm.ResultOf((ClientAction)action).Action, AnswerForm.ResultOf((ClientAction)action).Context));

    [Theory]
    [InlineData(ClientAction.Register, "registration")]
    [InlineData(ClientAction.Login, "login")]
    public void Challenge_OfANonce_ReadsExactlyAsClientsKnowIt(object action, string context)
    {
        var envelope = Read(_envelopes.Challenge((ClientAction)action, Vectors.Load().Challenge.Nonce));

        Assert.Equal(("challenge", context), (envelope.Action, envelope.Context));
        Assert.Equal("""{"nonce": "00112233445566778899aabbccddeeff"}""", envelope.Content);
    }

    [Fact]
    public void Found_AUser_HoldsNameAndCanonicalKey()
    {
        var pem = Vectors.Load().Keys["bob"].Public;

        var envelope = Read(_envelopes.Found("bob", pem));

        using var content = JsonDocument.Parse(envelope.Content);
        Assert.Equal(("queryResponse", "query"), (envelope.Action, envelope.Context));
        Assert.Equal("bob", content.RootElement.GetProperty("username").GetString());
        Assert.Equal(pem, content.RootElement.GetProperty("publicKey").GetString());
    }

    [Fact]
    public void Info_TellsVersionLimitsAndKey()
    {
        var envelope = Read(_envelopes.Info);

        using var content = JsonDocument.Parse(envelope.Content);
        Assert.Equal(("infoResponse", "node"), (envelope.Action, envelope.Context));
        Assert.Equal(1, content.RootElement.GetProperty("protocol").GetInt32());
        Assert.Equal(["ack", "ref"], content.RootElement.GetProperty("features").EnumerateArray().Select(feature => feature.GetString()));
        Assert.Equal(256, content.RootElement.GetProperty("limits").GetProperty("ackIds").GetInt32());
        Assert.Equal(131_072, content.RootElement.GetProperty("limits").GetProperty("contentBytes").GetInt32());
        Assert.Equal(Vectors.Load().Keys["node"].Public, content.RootElement.GetProperty("publicKey").GetString());
    }

    [Fact]
    public void IncomingMessage_EveryVector_PassesTheContentOnUntouched()
    {
        foreach (var vector in Vectors.Load().Sends)
        {
            var envelope = Read(_envelopes.IncomingMessage(Encoding.UTF8.GetBytes(vector.ForwardContent)));

            Assert.Equal(("incomingMessage", "chat"), (envelope.Action, envelope.Context));
            Assert.Equal(vector.ForwardContent, envelope.Content);
        }
    }

    [Fact]
    public void IncomingMessage_FirstVector_FitsOnePacket()
    {
        // Signatures have 70 to 72 bytes. The platform's default escapes would add some 170.
        var length = _envelopes.IncomingMessage(Encoding.UTF8.GetBytes(Vectors.Load().Sends[0].ForwardContent)).Length;

        Assert.InRange(length, 1_105, 1_125);
    }

    [Fact]
    public void IncomingMessage_NumbersAndEscapes_StayDigitForDigit()
    {
        const string content = """{"sender": "a", "body": {"n":1.0,"big":123456789012345678901234567890,"e":1E+2,"s":"\u00e9\/é<&>'🚀\ud800","z":null}}""";

        Assert.Equal(content, Read(_envelopes.IncomingMessage(Encoding.UTF8.GetBytes(content))).Content);
    }

    [Fact]
    public void Write_AnEnvelope_IsCompact() => Assert.Equal(
        """{"action":"incomingMessage","content":"{\"a\": \"<é'+>\"}","context":"chat","signature":"00ff"}""",
        Encoding.UTF8.GetString(EnvelopeWriter.Write(AnswerForm.IncomingMessage, """{"a": "<é'+>"}"""u8, "00ff").Span));

    [Fact]
    public void IncomingMessage_ForAClientThatAcknowledges_HasIdAndNumberAsFurtherMembers()
    {
        var id = Enumerable.Range(0, 16).Select(value => (byte)value).ToArray();

        using var json = JsonDocument.Parse(_envelopes.IncomingMessage("{}"u8, id, 7));

        Assert.Equal(
            ["action", "content", "context", "signature", "id", "seq"], json.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal("000102030405060708090a0b0c0d0e0f", json.RootElement.GetProperty("id").GetString());
        Assert.Equal(7, json.RootElement.GetProperty("seq").GetInt64());
    }

    [Fact]
    public void AddTo_EveryConstantAnswer_IsTheSameWithTheReferenceBehindIt()
    {
        var reference = new string('r', ProtocolLimits.MaxReferenceLength);
        foreach (var envelope in Answers.All.Select(_envelopes.Constant))
        {
            var answer = Encoding.UTF8.GetString(AnswerReference.AddTo(envelope, reference).Span);

            Assert.Equal($$"""{{Encoding.UTF8.GetString(envelope.Span)[..^1]}},"ref":"{{reference}}"}""", answer);
            Assert.Equal(reference, JsonDocument.Parse(answer).RootElement.GetProperty("ref").GetString());
            Assert.InRange(answer.Length, 1, 1_601);
        }
    }

    [Fact]
    public void AddTo_NoReference_ChangesNothing() =>
        Assert.Equal(_envelopes.Constant(Answers.Sent), AnswerReference.AddTo(_envelopes.Constant(Answers.Sent), null));

    public void Dispose() => _key.Dispose();

    private Envelope Read(ReadOnlyMemory<byte> envelope) => Envelope.Read(envelope, _key.PublicKey);
}
