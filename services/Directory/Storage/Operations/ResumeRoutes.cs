using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Mailboxes;
using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.DirectoryService.Storage.Operations;

/// <summary>The success of a login on these routes was taken: their messages flow as soon as the client is ready for them.</summary>
internal sealed class ResumeRoutes(IReadOnlyList<ReturnRoute> routes) : WriteOperation<int>
{
    public override int Weight => routes.Count;

    protected override int Apply(WriteSession session)
    {
        var resumed = 0;
        foreach (var route in routes)
        {
            foreach (var account in RouteTable.AccountsOn(session, route))
            {
                Resume(session, account);
                resumed++;
            }
        }

        return resumed;
    }

    private static void Resume(WriteSession session, long account)
    {
        var mailbox = MailboxTable.Load(session, account);
        if (mailbox.HeldUntil > session.Now)
        {
            // Never later than before: a repeated report must not push it away.
            mailbox.HeldUntil = Math.Min(mailbox.HeldUntil, session.Now + DeliveryPace.AfterLogin(mailbox.Features));
            MailboxTable.Save(session, mailbox);
        }
    }
}
