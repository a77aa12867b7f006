using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Accounts;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Mailboxes;
using NymDirectory.DirectoryService.Storage.Commits;
using NymDirectory.Signatures;

namespace NymDirectory.DirectoryService.Storage.Operations;

/// <summary>Takes messages into mailboxes, in their order.</summary>
internal sealed class AcceptMessages(IReadOnlyList<ArrivedMessage> messages, MailboxOptions options)
    : WriteOperation<AcceptOutcome[]>
{
    private const string FindSender =
        "SELECT id, key_id, route_gateway, route_run, route_tag FROM accounts WHERE username = $1";

    public override int Weight => messages.Count;

    protected override AcceptOutcome[] Apply(WriteSession session) => [.. messages.Select(message => Accept(session, message))];

    private AcceptOutcome Accept(WriteSession session, ArrivedMessage message)
    {
        if (!Username.TryParse(message.Sender, out var senderName) || Find(session, senderName) is not { } sender)
        {
            return new AcceptOutcome { UnknownSender = new UnknownSender() };
        }

        if (sender.Key != message.SenderKey)
        {
            return KeyChanged(session, senderName);
        }

        RenewRoute(session, sender, message.Arrival);
        return Username.TryParse(message.Recipient, out var name) && MailboxTable.Find(session, name) is { } recipient
            ? MessageArrival.Accept(session, message, sender.Id, recipient, options)
            : new AcceptOutcome { RecipientNotFound = new RecipientNotFound() };
    }

    private static SenderAccount? Find(WriteSession session, Username name) => session.Sql.First(
        FindSender,
        row => new SenderAccount(row.GetInt64(0), KeyId.FromBytes(row.GetSpan(1)), row.RouteOrNull(2)),
        name.Value);

    private static AcceptOutcome KeyChanged(WriteSession session, Username name)
    {
        var key = AccountTable.FindKey(session.Sql, name) ?? throw new InvalidOperationException("The account was just seen.");
        return new AcceptOutcome { KeyChanged = AccountKeys.ToContract(name.Value, key) };
    }

    // It came on the registered tag and so brought reply blocks in this run. On any other tag it moves nothing: its outer signature
    // is also seen by the other side of a direct conversation, who could hand it to us from their own tag.
    private static void RenewRoute(WriteSession session, SenderAccount sender, ReturnRoute arrival)
    {
        if (sender.Route is { } route && route.Gateway == arrival.Gateway && route.Tag == arrival.Tag && route.Run != arrival.Run
            && session.Gateways.Find(arrival.Gateway)?.Run == arrival.Run)
        {
            RouteTable.Renew(session, sender.Id, arrival.Run);
            MailboxTable.Save(session, MailboxTable.Load(session, sender.Id));
        }
    }

    private sealed record SenderAccount(long Id, KeyId Key, ReturnRoute? Route);
}
