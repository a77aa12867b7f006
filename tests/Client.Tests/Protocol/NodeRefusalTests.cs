namespace NymDirectory.Client.Tests.Protocol;

public sealed class NodeRefusalTests
{
    [Theory]
    [InlineData("error: missing username or public key", RefusalReason.IncompleteRequest)]
    [InlineData("error: invalid username format", RefusalReason.InvalidUsername)]
    [InlineData("error: invalid public key", RefusalReason.InvalidPublicKey)]
    [InlineData("error: username already in use", RefusalReason.UsernameTaken)]
    [InlineData("error: no pending registration for sender", RefusalReason.NoOpenChallenge)]
    [InlineData("error: signature verification failed", RefusalReason.SignatureRejected)]
    [InlineData("error: missing username", RefusalReason.IncompleteRequest)]
    [InlineData("error: user not found", RefusalReason.UnknownUser)]
    [InlineData("error: temporarily unavailable", RefusalReason.TemporarilyUnavailable)]
    [InlineData("error: no pending login for sender", RefusalReason.NoOpenChallenge)]
    [InlineData("error: invalid signature", RefusalReason.SignatureRejected)]
    [InlineData("error: missing 'username' field", RefusalReason.IncompleteRequest)]
    [InlineData("error: missing 'content' or 'signature'", RefusalReason.IncompleteRequest)]
    [InlineData("error: invalid JSON in content", RefusalReason.IncompleteRequest)]
    [InlineData("error: missing 'sender' or 'recipient' field in message content", RefusalReason.IncompleteRequest)]
    [InlineData("error: unrecognized sender username", RefusalReason.UnknownSender)]
    [InlineData("error: recipient not found", RefusalReason.RecipientNotFound)]
    [InlineData("error: message too large", RefusalReason.MessageTooLarge)]
    [InlineData("error: rate limit exceeded, try again later", RefusalReason.RateLimited)]
    [InlineData("error: recipient mailbox full", RefusalReason.MailboxFull)]
    [InlineData("error: something new", RefusalReason.Other)]
    [InlineData("", RefusalReason.Other)]
    public void From_EveryErrorOfTheProtocol_HasItsReason(string raw, RefusalReason reason) =>
        Assert.Equal(new NodeRefusal(reason, raw), NodeRefusal.From(raw));
}
