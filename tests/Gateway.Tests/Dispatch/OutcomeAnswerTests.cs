using NymDirectory.Contracts.V1;
using NymDirectory.Gateway.Tests.Fakes;
using NymDirectory.Gateway.Tests.Protocol;

namespace NymDirectory.Gateway.Tests.Dispatch;

public sealed class OutcomeAnswerTests
{
    [Fact]
    public async Task Query_EachOutcome_HasItsAnswer()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        const string query = """{"action":"query","username":"bob"}""";

        Assert.Equal(new Envelope("queryResponse", "No user found", "query"), await gateway.AskAsync(query));
        gateway.BackEnd.Accounts.OnQuery = item =>
            Task.FromResult(new QueryOutcome { Found = new AccountKey { Username = item.Username, PublicKeyPem = "line\nline\n" } });
        Assert.Equal(
            new Envelope("queryResponse", """{"username": "bob", "publicKey": "line\nline\n"}""", "query"), await gateway.AskAsync(query));
    }

    [Fact]
    public async Task Register_EachRefusal_HasItsAnswer()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        (BeginRegistrationOutcome Outcome, string Content)[] rows =
        [
            (new() { InvalidUsername = new() }, "error: invalid username format"),
            (new() { InvalidPublicKey = new() }, "error: invalid public key"),
            (new() { UsernameInUse = new() }, "error: username already in use"),
            (new() { Busy = new() }, "error: rate limit exceeded, try again later"),
        ];
        foreach (var (outcome, content) in rows)
        {
            gateway.BackEnd.Accounts.OnBeginRegistration = _ => outcome;
            Assert.Equal(
                new Envelope("challengeResponse", content, "registration"),
                await gateway.AskAsync("""{"action":"register","usernym":"alice","publicKey":"x"}"""));
        }
    }

    [Fact]
    public async Task RegistrationResponse_EachRefusal_HasItsAnswer()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        (CompleteRegistrationOutcome Outcome, string Content)[] rows =
        [
            (new() { NoPendingChallenge = new() }, "error: no pending registration for sender"),
            (new() { InvalidSignature = new() }, "error: signature verification failed"),
            (new() { UsernameInUse = new() }, "error: username already in use"),
        ];
        foreach (var (outcome, content) in rows)
        {
            gateway.BackEnd.Accounts.OnCompleteRegistration = _ => outcome;
            Assert.Equal(
                new Envelope("challengeResponse", content, "registration"),
                await gateway.AskAsync("""{"action":"registrationResponse","username":"alice","signature":"00"}"""));
        }
    }

    [Fact]
    public async Task Login_EachRefusal_HasItsAnswer()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        (BeginLoginOutcome Outcome, string Content)[] rows =
        [
            (new() { NotFound = new() }, "error: user not found"),
            (new() { Busy = new() }, "error: rate limit exceeded, try again later"),
        ];
        foreach (var (outcome, content) in rows)
        {
            gateway.BackEnd.Accounts.OnBeginLogin = _ => outcome;
            Assert.Equal(
                new Envelope("challengeResponse", content, "login"), await gateway.AskAsync("""{"action":"login","usernym":"alice"}"""));
        }
    }

    [Fact]
    public async Task LoginResponse_EachRefusal_HasItsAnswer()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        (CompleteLoginOutcome Outcome, string Content)[] rows =
        [
            (new() { NoPendingChallenge = new() }, "error: no pending login for sender"),
            (new() { InvalidSignature = new() }, "error: invalid signature"),
        ];
        foreach (var (outcome, content) in rows)
        {
            gateway.BackEnd.Accounts.OnCompleteLogin = _ => outcome;
            Assert.Equal(
                new Envelope("challengeResponse", content, "login"),
                await gateway.AskAsync("""{"action":"loginResponse","username":"alice","signature":"00"}"""));
        }

        Assert.Empty(gateway.BackEnd.Mailboxes.Resumed);
    }

    [Fact]
    public async Task Send_EachOutcome_HasItsAnswer()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        (ForwardOutcome Outcome, string Content)[] rows =
        [
            (new() { InvalidContent = new() }, "error: invalid JSON in content"),
            (new() { MissingSenderOrRecipient = new() }, "error: missing 'sender' or 'recipient' field in message content"),
            (new() { UnrecognizedSender = new() }, "error: unrecognized sender username"),
            (new() { InvalidSignature = new() }, "error: invalid signature"),
            (new() { RecipientNotFound = new() }, "error: recipient not found"),
            (new() { MailboxFull = new() }, "error: recipient mailbox full"),
            (new() { Accepted = new() }, "success"),
        ];
        foreach (var (outcome, content) in rows)
        {
            gateway.BackEnd.Relays.OnForward = _ => outcome;
            Assert.Equal(
                new Envelope("sendResponse", content, "chat"), await gateway.AskAsync("""{"action":"send","content":"{}","signature":"00"}"""));
        }
    }
}
