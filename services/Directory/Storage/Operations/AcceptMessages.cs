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
    internal const string FindSender =
        "SELECT a.id, a.key_id, a.route_gateway, a.route_run, a.route_tag, b.taken_count, b.probes, b.retry_at "
        + "FROM accounts a JOIN mailboxes b ON b.account_id = a.id WHERE a.username = $1";

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

        if (sender.Route is { } route && route.Gateway == message.Arrival.Gateway && route.Tag == message.Arrival.Tag)
        {
            OnRegisteredTag(session, sender, route, message.Arrival);
        }

        return Username.TryParse(message.Recipient, out var name) && MailboxTable.Find(session, name) is { } recipient
            ? MessageArrival.Accept(session, message, sender.Id, recipient, options)
            : new AcceptOutcome { RecipientNotFound = new RecipientNotFound() };
    }

    private static SenderAccount? Find(WriteSession session, Username name) => session.Sql.First(
        FindSender,
        row => new SenderAccount(
            row.GetInt64(0),
            KeyId.FromBytes(row.GetSpan(1)),
            row.RouteOrNull(2),
            DeliveryWindow.NeedsSignOfLife(row.GetInt32(5), row.GetInt32(6), row.GetInt64(7), session.Now)),
        name.Value);

    private static AcceptOutcome KeyChanged(WriteSession session, Username name)
    {
        var key = AccountTable.FindKey(session.Sql, name) ?? throw new InvalidOperationException("The account was just seen.");
        return new AcceptOutcome { KeyChanged = AccountKeys.ToContract(name.Value, key) };
    }

    // It brought reply blocks in this run, and shows that its sender is there. On any other tag it would move nothing: its outer signature
    // is also seen by the other side of a direct conversation, who could hand it to us from their own tag.
    private static void OnRegisteredTag(WriteSession session, SenderAccount sender, ReturnRoute route, ReturnRoute arrival)
    {
        if (route.Run != arrival.Run && session.Gateways.Find(arrival.Gateway)?.Run == arrival.Run)
        {
            RouteTable.Renew(session, sender.Id, arrival.Run);
            var mailbox = MailboxTable.Load(session, sender.Id);
            KeptMessages.NoteSignOfLife(session, mailbox);
            KeptMessages.WakeAll(session, mailbox);
            MailboxTable.Save(session, mailbox);
        }
        else if (sender.NeedsSignOfLife)
        {
            var mailbox = MailboxTable.Load(session, sender.Id);
            KeptMessages.NoteSignOfLife(session, mailbox);
            MailboxTable.Save(session, mailbox);
        }
    }

    private sealed record SenderAccount(long Id, KeyId Key, ReturnRoute? Route, bool NeedsSignOfLife);
}
