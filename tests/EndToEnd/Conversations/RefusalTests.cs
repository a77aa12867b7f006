using System.Text.Json.Nodes;
using NymDirectory.EndToEnd.Harness;
using NymDirectory.EndToEnd.Users;
using NymDirectory.Signatures;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Conversations;

/// <summary>Every error string of the protocol, as a client meets it.</summary>
public sealed class RefusalTests(QuietNode fixture) : NodeTests(fixture), IClassFixture<QuietNode>
{
    private const string SomeSignature = "3006020101020101";

    [Fact]
    public async Task Register_Refused_SaysWhy()
    {
        await using var user = await LegacyClient.RegisteredAsync(Node, Names.New("taken"));
        var pem = user.Key.PublicKey.Pem;

        await RefusedAsync(user, new { action = "register" }, "error: missing username or public key");
        await RefusedAsync(user, new { action = "register", usernym = "someone" }, "error: missing username or public key");
        await RefusedAsync(user, new { action = "register", publicKey = pem }, "error: missing username or public key");
        await RefusedAsync(user, new { action = "register", usernym = 5, publicKey = pem }, "error: missing username or public key");
        await RefusedAsync(user, new { action = "register", usernym = "some one", publicKey = "no key" }, "error: invalid username format");
        await RefusedAsync(user, new { action = "register", usernym = new string('u', 65), publicKey = pem }, "error: invalid username format");
        await RefusedAsync(user, new { action = "register", usernym = "żółw", publicKey = pem }, "error: invalid username format");
        await RefusedAsync(user, new { action = "register", usernym = user.Username, publicKey = "no key" }, "error: invalid public key");
        await RefusedAsync(user, new { action = "register", usernym = user.Username, publicKey = pem }, "error: username already in use");
    }

    [Fact]
    public async Task Register_KeysOfOtherKinds_AreInvalid()
    {
        await using var user = await LegacyClient.StartAsync(Node, Names.New("keys"));
        foreach (var bad in Vectors.Load().BadPublicKeys.Where(bad => bad.Pem.Length > 0))
        {
            var answer = await user.AskAsync(LegacyClient.Register(user.Username, bad.Pem), "challengeResponse");
            Assert.True(answer.Content == "error: invalid public key", $"{bad.Name}: {answer.Content}");
        }
    }

    [Fact]
    public async Task RegistrationResponse_Refused_SaysWhy()
    {
        await using var user = await LegacyClient.StartAsync(Node, Names.New("slow"));
        const string none = "error: no pending registration for sender";
        await RefusedAsync(user, new { action = "registrationResponse", username = user.Username, signature = SomeSignature }, none);

        await BeginAsync(user);
        await RefusedAsync(
            user, new { action = "registrationResponse", username = user.Username, signature = SomeSignature }, "error: signature verification failed");
        await RefusedAsync(user, new { action = "registrationResponse", username = user.Username, signature = SomeSignature }, none);

        await BeginAsync(user);
        await RefusedAsync(user, new { action = "registrationResponse", username = user.Username }, "error: signature verification failed");

        var challenge = await BeginAsync(user);
        Assert.Equal(none, (await user.AskAsync(LegacyClient.Answer("registrationResponse", "somebody-else", challenge, user.Key), "challengeResponse")).Content);
        Assert.Equal(none, (await user.AskAsync(LegacyClient.Answer("registrationResponse", user.Username, challenge, user.Key), "challengeResponse")).Content);
    }

    [Fact]
    public async Task RegistrationResponse_NewerChallenge_ReplacesTheOlder()
    {
        await using var user = await LegacyClient.StartAsync(Node, Names.New("twice"));
        var older = await BeginAsync(user);
        await BeginAsync(user);
        var answer = await user.AskAsync(LegacyClient.Answer("registrationResponse", user.Username, older, user.Key), "challengeResponse");
        Assert.Equal("error: signature verification failed", answer.Content);
    }

    [Fact]
    public async Task Registration_OfTwoForOneName_OneWins()
    {
        var name = Names.New("race");
        await using var winner = await LegacyClient.StartAsync(Node, name);
        await using var loser = await LegacyClient.StartAsync(Node, name);
        var late = await BeginAsync(loser);
        await winner.RegisterAsync();

        var answer = await loser.AskAsync(LegacyClient.Answer("registrationResponse", name, late, loser.Key), "challengeResponse");

        Assert.Equal("error: username already in use", answer.Content);
        Assert.Equal(winner.Key.PublicKey, await loser.LookUpAsync(name));
    }

    [Fact]
    public async Task Login_Refused_SaysWhy()
    {
        await using var user = await LegacyClient.RegisteredAsync(Node, Names.New("login"));
        const string none = "error: no pending login for sender";
        await RefusedAsync(user, new { action = "login" }, "error: missing username");
        await RefusedAsync(user, new { action = "login", usernym = new[] { user.Username } }, "error: missing username");
        await RefusedAsync(user, new { action = "login", usernym = Names.New("nobody") }, "error: user not found");
        await RefusedAsync(user, new { action = "login", usernym = user.Username.ToUpperInvariant() }, "error: user not found");
        await RefusedAsync(user, new { action = "loginResponse", username = user.Username, signature = SomeSignature }, none);

        await user.AskAsync(LegacyClient.Login(user.Username), "challenge");
        await RefusedAsync(user, new { action = "loginResponse", username = user.Username, signature = SomeSignature }, "error: invalid signature");
        await RefusedAsync(user, new { action = "loginResponse", username = user.Username, signature = SomeSignature }, none);
    }

    [Fact]
    public async Task Query_RefusedOrUnknown_SaysSo()
    {
        await using var user = await LegacyClient.StartAsync(Node, Names.New("query"));
        await RefusedAsync(user, new { action = "query" }, "error: missing 'username' field", "queryResponse", "query");
        await RefusedAsync(user, new { action = "query", username = 1 }, "error: missing 'username' field", "queryResponse", "query");
        await RefusedAsync(user, new { action = "query", username = Names.New("nobody") }, "No user found", "queryResponse", "query");
    }

    [Fact]
    public async Task Send_Refused_SaysWhyInOrder()
    {
        await using var user = await LegacyClient.RegisteredAsync(Node, Names.New("sender"));
        const string missing = "error: missing 'content' or 'signature'";
        const string noNames = "error: missing 'sender' or 'recipient' field in message content";
        await SendRefusedAsync(user, new { action = "send" }, missing);
        await SendRefusedAsync(user, new { action = "send", content = "{}" }, missing);
        await SendRefusedAsync(user, new { action = "send", content = new { sender = "x" }, signature = SomeSignature }, missing);
        await SendRefusedAsync(user, new { action = "send", content = "{\"sender\": ", signature = SomeSignature }, "error: invalid JSON in content");
        await SendRefusedAsync(user, new { action = "send", content = "[1]", signature = SomeSignature }, noNames);
        await SendRefusedAsync(user, new { action = "send", content = "{\"sender\": \"a\"}", signature = SomeSignature }, noNames);
        await SendRefusedAsync(user, new { action = "send", content = "{\"sender\": \"a\", \"recipient\": 7}", signature = SomeSignature }, noNames);
        Assert.Equal("error: unrecognized sender username", await user.SendContentAsync(Content(Names.New("nobody"), "nobody-either")));
        await SendRefusedAsync(
            user, new { action = "send", content = Content(user.Username, "nobody"), signature = SomeSignature }, "error: invalid signature");
        Assert.Equal("error: recipient not found", await user.SendContentAsync(Content(user.Username, Names.New("nobody"))));
    }

    [Fact]
    public async Task Send_SignedByAnotherUsersKey_IsRefused()
    {
        await using var user = await LegacyClient.RegisteredAsync(Node, Names.New("victim"));
        using var other = SigningKey.Generate();
        var answer = await user.AskAsync(LegacyClient.Send(Content(user.Username, user.Username), other), "sendResponse");
        Assert.Equal("error: invalid signature", answer.Content);
        Assert.Empty(user.Incoming);
    }

    [Fact]
    public async Task Send_ContentOverTheLimit_IsTooLarge()
    {
        await using var user = await LegacyClient.RegisteredAsync(Node, Names.New("large"));
        var content = user.Content(user.Username, new string('x', 129 * 1024));
        Assert.Equal("error: message too large", await user.SendContentAsync(content));
    }

    private static string Content(string sender, string recipient) =>
        PythonJson.Print(new JsonObject { ["sender"] = sender, ["recipient"] = recipient, ["body"] = "x", ["encrypted"] = true });

    private static Task<NodeMessage> BeginAsync(LegacyClient user) =>
        user.AskAsync(LegacyClient.Register(user.Username, user.Key.PublicKey.Pem), "challenge");

    private static Task SendRefusedAsync(LegacyClient user, object request, string expected) =>
        RefusedAsync(user, request, expected, "sendResponse", "chat");

    private static Task RefusedAsync(LegacyClient user, object request, string expected)
    {
        var action = System.Text.Json.JsonSerializer.SerializeToNode(request)!["action"]!.GetValue<string>();
        return RefusedAsync(user, request, expected, "challengeResponse", action.StartsWith("regist", StringComparison.Ordinal) ? "registration" : "login");
    }

    private static async Task RefusedAsync(LegacyClient user, object request, string expected, string action, string context)
    {
        var text = PythonJson.Print(System.Text.Json.JsonSerializer.SerializeToNode(request));
        var answer = await user.AskAsync(text, action);
        Assert.True((answer.Context, answer.Content) == (context, expected), $"{text}\nis answered: {answer.Context} {answer.Content}\nnot: {context} {expected}");
    }
}
