using NymDirectory.DirectoryService.Accounts;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Mailboxes;
using NymDirectory.DirectoryService.Storage.Commits;
using NymDirectory.Signatures;

namespace NymDirectory.DirectoryService.Storage.Operations;

/// <summary>
/// Moves an account to the route of its login. What waits stays put until <see cref="ResumeRoutes"/>, or for a while. False
/// when the account has another key by now, or is gone.
/// </summary>
internal sealed class LogIn(Username username, KeyId key, AccountFeatures features, ReturnRoute route) : WriteOperation<bool>
{
    private const string FindAccount = "SELECT id FROM accounts WHERE username = $1 AND key_id = $2";

    protected override bool Apply(WriteSession session)
    {
        var account = session.Sql.Scalar<long>(FindAccount, username.Value, key.ToArray());
        if (account == 0)
        {
            return false;
        }

        var mailbox = MailboxTable.Load(session, account);
        RouteTable.EndOthers(session, route, account);
        RouteTable.LogIn(session, account, route, features);
        var moves = mailbox.Route != route;
        mailbox.Route = route;
        mailbox.Features = features;
        if (moves || mailbox.Acknowledges)
        {
            KeptMessages.WakeAll(session, mailbox);
        }
        else
        {
            KeptMessages.NoteSignOfLife(session, mailbox);
        }

        if (mailbox is { Acknowledges: true, MessageCount: > 0 })
        {
            SequenceTable.NumberWaiting(session, account);
        }

        mailbox.HeldUntil = session.Now + DeliveryPace.LoginFallback;
        MailboxTable.Save(session, mailbox);
        return true;
    }
}
