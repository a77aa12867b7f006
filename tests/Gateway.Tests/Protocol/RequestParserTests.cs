using System.Text;
using NymDirectory.Gateway.Protocol;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.Protocol;

public sealed class RequestParserTests
{
    private static readonly Vectors Vectors = Vectors.Load();

    [Fact]
    public void Parse_QueryOfAClient_GivesTheName() =>
        Assert.Equal("bob", Request<QueryAsked>(Vectors.Requests["query"]).Username);

    [Fact]
    public void Parse_RegisterOfAClient_GivesNameAndKey()
    {
        var request = Request<RegistrationAsked>(Vectors.Requests["register"]);

        Assert.Equal("alice", request.Username);
        Assert.Equal(Vectors.Keys["alice"].Public, request.PublicKeyPem);
    }

    [Theory]
    [InlineData("registrationResponse")]
    [InlineData("loginResponse")]
    public void Parse_ChallengeAnswerOfAClient_GivesNameAndSignature(string action)
    {
        var request = Request<ChallengeAnswered>(Vectors.Requests[action]);

        Assert.Equal(action, request.Action.Name());
        Assert.Equal("alice", request.Username);
        Assert.Equal(Vectors.Challenge.Signature, request.Signature);
    }

    [Fact]
    public void Parse_LoginOfAClient_GivesTheName() =>
        Assert.Equal("alice", Request<LoginAsked>(Vectors.Requests["login"]).Username);

    [Theory]
    [InlineData("""["ack"]""", ClientFeatures.Ack)]
    [InlineData("""["of-tomorrow", "\u0061ck"]""", ClientFeatures.Ack)]
    [InlineData("[]", ClientFeatures.None)]
    [InlineData("""[["ack"], {"ack": "ack"}, 1, null]""", ClientFeatures.None)]
    [InlineData("\"ack\"", ClientFeatures.None)]
    [InlineData("""{"ack": true}""", ClientFeatures.None)]
    public void Parse_Features_KnowsThoseOfTheList(string features, object expected)
    {
        Assert.Equal(expected, Request<LoginAsked>($$"""{"action": "login", "features": {{features}}, "usernym": "alice"}""").Features);
        Assert.Equal(expected, Request<RegistrationAsked>(
            $$"""{"features": ["ack"], "action": "register", "publicKey": "k", "usernym": "alice", "features": {{features}}}""").Features);
    }

    [Fact]
    public void Parse_SendWithAnEmptySignature_IsNotMissingOne() =>
        Assert.Empty(Request<SendAsked>("""{"action": "send", "content": "{}", "signature": ""}""").Signature);

    [Fact]
    public void Parse_EverySendOfAClient_GivesTheVerySignedBytes()
    {
        foreach (var vector in Vectors.Sends.Append(Vectors.Handshake))
        {
            var request = Request<SendAsked>(vector.Message);

            Assert.Equal(vector.Content, Encoding.UTF8.GetString(request.Content.Span));
            Assert.Equal(vector.Signature, request.Signature);
        }
    }

    [Fact]
    public void Parse_Info_IsKnown() => Request<InfoAsked>("""{"action": "info"}""");

    [Theory]
    [InlineData("\"a-Z_9\"", "a-Z_9")]
    [InlineData("\"\\u0061\"", "a")]
    [InlineData("\"0123456789abcdef0123456789abcdef\"", "0123456789abcdef0123456789abcdef")]
    [InlineData("\"0123456789abcdef0123456789abcdef0\"", null)]
    [InlineData("\"\"", null)]
    [InlineData("\"a b\"", null)]
    [InlineData("\"a\\\"\"", null)]
    [InlineData("\"\\ud800\"", null)]
    [InlineData("\"ä\"", null)]
    [InlineData("7", null)]
    [InlineData("null", null)]
    [InlineData("{\"ref\": \"a\"}", null)]
    public void Parse_Reference_OnlyWhatAnAnswerCanCarryAsItIs(string reference, string? expected)
    {
        Assert.Equal(expected, Request<QueryAsked>($$"""{"action":"query","username":"bob","ref":{{reference}}}""").Reference);
        Assert.Equal(expected, Request<RequestRefused>($$"""{"ref":{{reference}},"action":"send"}""").Reference);
        Assert.Equal(expected, Request<RequestRefused>(
            $$"""{"ref":{{reference}},"action":"query","pad":"{{new string('x', ProtocolLimits.MaxMessageBytes)}}"}""").Reference);
    }

    [Theory]
    [InlineData("""{"action":"query"}""", "error: missing 'username' field")]
    [InlineData("""{"action":"query","username":7}""", "error: missing 'username' field")]
    [InlineData("""{"action":"query","username":null}""", "error: missing 'username' field")]
    [InlineData("""{"action":"query","username":["bob"]}""", "error: missing 'username' field")]
    [InlineData("""{"action":"query","username":""}""", "error: missing 'username' field")]
    [InlineData("""{"action":"query","usernym":"bob"}""", "error: missing 'username' field")]
    [InlineData("""{"action":"query","username":"bob","username":{}}""", "error: missing 'username' field")]
    [InlineData("""{"action":"register"}""", "error: missing username or public key")]
    [InlineData("""{"action":"register","usernym":"alice"}""", "error: missing username or public key")]
    [InlineData("""{"action":"register","publicKey":"x"}""", "error: missing username or public key")]
    [InlineData("""{"action":"register","username":"alice","publicKey":"x"}""", "error: missing username or public key")]
    [InlineData("""{"action":"register","usernym":true,"publicKey":"x"}""", "error: missing username or public key")]
    [InlineData("""{"action":"register","usernym":"alice","publicKey":1}""", "error: missing username or public key")]
    [InlineData("""{"action":"register","usernym":"alice","publicKey":""}""", "error: missing username or public key")]
    [InlineData("""{"action":"login"}""", "error: missing username")]
    [InlineData("""{"action":"login","usernym":{"a":1}}""", "error: missing username")]
    [InlineData("""{"action":"login","username":"alice"}""", "error: missing username")]
    [InlineData("""{"action":"send"}""", "error: missing 'content' or 'signature'")]
    [InlineData("""{"action":"send","content":"{}"}""", "error: missing 'content' or 'signature'")]
    [InlineData("""{"action":"send","signature":"00"}""", "error: missing 'content' or 'signature'")]
    [InlineData("""{"action":"send","content":{},"signature":"00"}""", "error: missing 'content' or 'signature'")]
    [InlineData("""{"action":"send","content":"{}","signature":0}""", "error: missing 'content' or 'signature'")]
    [InlineData("""{"action":"send","content":"","signature":"00"}""", "error: missing 'content' or 'signature'")]
    [InlineData("""{"action":"send","content":"\ud800","signature":"00"}""", "error: invalid signature")]
    [InlineData("""{"action":"send","content":"\udc00\ud800{}","signature":"00"}""", "error: invalid signature")]
    [InlineData("""{"action":"send","content":"\ud800"}""", "error: missing 'content' or 'signature'")]
    public void Parse_MembersMissingOrOfTheWrongKind_IsRefused(string message, string answer) =>
        Assert.Equal(answer, Request<RequestRefused>(message).Answer.Content);

    [Theory]
    [InlineData("""{"action":"loginResponse"}""", null, null)]
    [InlineData("""{"action":"loginResponse","username":"alice"}""", "alice", null)]
    [InlineData("""{"action":"loginResponse","username":3,"signature":4}""", null, null)]
    [InlineData("""{"action":"registrationResponse","username":"","signature":""}""", null, "")]
    public void Parse_ChallengeAnswerWithoutMembers_IsStillJudgedByTheDirectory(string message, string? username, string? signature)
    {
        var request = Request<ChallengeAnswered>(message);

        Assert.Equal(username, request.Username);
        Assert.Equal(signature, request.Signature);
    }

    [Theory]
    [InlineData("", DropReason.NotJson)]
    [InlineData("hello", DropReason.NotJson)]
    [InlineData("""{"action":"info"} {}""", DropReason.NotJson)]
    [InlineData("""{"action":"info",}""", DropReason.NotJson)]
    [InlineData("""{"action":"info"}//""", DropReason.NotJson)]
    [InlineData("""{"action":"inf""", DropReason.NotJson)]
    [InlineData("""{"action":"info","n":NaN}""", DropReason.NotJson)]
    [InlineData("\uFEFF{\"action\":\"info\"}", DropReason.NotJson)]
    [InlineData("""["info"]""", DropReason.NotAnObject)]
    [InlineData("\"info\"", DropReason.NotAnObject)]
    [InlineData("17", DropReason.NotAnObject)]
    [InlineData("null", DropReason.NotAnObject)]
    [InlineData("{}", DropReason.NoAction)]
    [InlineData("""{"action":5}""", DropReason.NoAction)]
    [InlineData("""{"action":{"action":"info"}}""", DropReason.NoAction)]
    [InlineData("""{"action":"info","action":null}""", DropReason.NoAction)]
    [InlineData("""{"action":""}""", DropReason.UnknownAction)]
    [InlineData("""{"action":"Info"}""", DropReason.UnknownAction)]
    [InlineData("""{"action":"\ud800"}""", DropReason.UnknownAction)]
    [InlineData("""{"action":"incomingMessage"}""", DropReason.UnknownAction)]
    public void Parse_WhatCannotBeAnswered_IsDroppedWithItsReason(string message, object reason)
    {
        var parsed = Parse(message);

        Assert.Null(parsed.Request);
        Assert.Equal(reason, parsed.Drop);
    }

    [Fact]
    public void Parse_BytesThatAreNotUtf8_AreDropped()
    {
        byte[] message = [.. """{"action":"info","x":" """u8, 0xff, .. "\"}"u8];

        Assert.Equal(DropReason.NotUtf8, RequestParser.Parse(message).Drop);
    }

    [Fact]
    public void Parse_MembersGivenTwice_TheLastOneCounts()
    {
        var request = Request<QueryAsked>("""{"username":"a","action":"login","username":1,"username":"b","action":"query"}""");

        Assert.Equal("b", request.Username);
    }

    [Fact]
    public void Parse_EscapedNamesAndValues_ReadAsPlainOnes()
    {
        var request = Request<QueryAsked>("""{"\u0061ction":"\u0071uery","user\u006eame":"b\u006Fb\/\n\ud83d\ude80"}""");

        Assert.Equal("bob/\n🚀", request.Username);
    }

    [Fact]
    public void Parse_MembersOfInnerObjects_DoNotCount() =>
        Assert.Equal(DropReason.NoAction, Parse("""{"x":{"action":"info"},"y":[{"action":"info"}]}""").Drop);

    [Theory]
    [InlineData("""{"action":"query","username":"a\ud800b"}""")]
    [InlineData("""{"action":"query","username":"a\udc00b"}""")]
    [InlineData("""{"action":"query","username":"a\ud800\u0062"}""")]
    public void Parse_NameWithALoneSurrogate_BecomesANameThatNobodyHas(string message) =>
        Assert.Contains('\uFFFD', Request<QueryAsked>(message).Username);

    [Fact]
    public void Parse_MemberNameWithALoneSurrogate_IsNoneOfOurs() =>
        Request<InfoAsked>("""{"action":"info","\ud800action":"query"}""");

    [Fact]
    public void Parse_NestingUpToTheLimit_IsRead()
    {
        Request<InfoAsked>(Nested(ProtocolLimits.MaxDepth - 1));

        Assert.Equal(DropReason.NotJson, Parse(Nested(ProtocolLimits.MaxDepth)).Drop);
        Assert.Equal(DropReason.NotJson, Parse(new string('[', 1_000_000)).Drop);
    }

    [Theory]
    [InlineData('x', ProtocolLimits.MaxContentBytes, false)]
    [InlineData('x', ProtocolLimits.MaxContentBytes + 1, true)]
    [InlineData('ż', ProtocolLimits.MaxContentBytes / 2, false)]
    [InlineData('ż', (ProtocolLimits.MaxContentBytes / 2) + 1, true)]
    public void Parse_ContentAroundTheLimit_IsMeasuredInUtf8(char letter, int count, bool refused)
    {
        var parsed = Parse($$"""{"action":"send","content":"{{new string(letter, count)}}","signature":"00"}""");

        AssertTooLarge(refused, parsed);
    }

    [Theory]
    [InlineData(ProtocolLimits.MaxContentBytes, false)]
    [InlineData(ProtocolLimits.MaxContentBytes + 1, true)]
    public void Parse_ContentOfEscapes_IsMeasuredDecoded(int count, bool refused)
    {
        var escapes = new StringBuilder().Insert(0, "\\u0000", count);

        AssertTooLarge(refused, Parse($$"""{"action":"send","content":"{{escapes}}","signature":"00"}"""));
    }

    [Theory]
    [InlineData("query")]
    [InlineData("register")]
    [InlineData("registrationResponse")]
    [InlineData("login")]
    [InlineData("loginResponse")]
    [InlineData("info")]
    public void Parse_OtherActionsAroundTheLimit_AreMeasuredAsTheyCame(string action)
    {
        var around = $$"""{"action":"{{action}}","pad":""}""".Length;

        AssertTooLarge(false, Parse(Padded(action, ProtocolLimits.MaxMessageBytes - around)));
        AssertTooLarge(true, Parse(Padded(action, ProtocolLimits.MaxMessageBytes - around + 1)));
        AssertTooLarge(true, Parse(Padded(action, 1_000_000)));
    }

    [Fact]
    public void Parse_SendThatIsLargeForNoReason_IsRefused() => AssertTooLarge(true, Parse(Padded("send", 1_000_000)));

    [Fact]
    public void ToString_OfARequest_TellsNothing() =>
        Assert.Equal(nameof(QueryAsked), Request<QueryAsked>(Vectors.Requests["query"]).ToString());

    private static ParsedMessage Parse(string message) => RequestParser.Parse(Encoding.UTF8.GetBytes(message));

    private static T Request<T>(string message)
        where T : ClientRequest => Assert.IsType<T>(Parse(message).Request);

    private static string Nested(int depth) =>
        $$"""{"deep":{{new string('[', depth)}}{{new string(']', depth)}},"action":"info"}""";

    private static string Padded(string action, int length) => $$"""{"action":"{{action}}","pad":"{{new string('x', length)}}"}""";

    private static void AssertTooLarge(bool expected, ParsedMessage parsed)
    {
        var refused = parsed.Request is RequestRefused { Answer.Content: "error: message too large" };
        Assert.Equal(expected, refused);
        Assert.Equal(DropReason.None, parsed.Drop);
    }
}
