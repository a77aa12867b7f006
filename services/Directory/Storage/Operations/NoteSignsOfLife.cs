using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Mailboxes;
using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.DirectoryService.Storage.Operations;

/// <summary>Somebody asked something on these routes: whoever is registered on their tags is there.</summary>
internal sealed class NoteSignsOfLife(IReadOnlyList<ReturnRoute> routes) : WriteOperation<int>
{
    public override int Weight => routes.Count;

    protected override int Apply(WriteSession session)
    {
        var noted = 0;
        foreach (var route in routes)
        {
            foreach (var mailbox in RouteTable.MailboxesOn(session, route))
            {
                noted += Note(session, mailbox, route);
            }
        }

        return noted;
    }

    private static int Note(WriteSession session, MailboxState mailbox, ReturnRoute arrival)
    {
        var hadEnded = mailbox.Route?.Run == RunId.None;
        if (!hadEnded && !DeliveryWindow.NeedsSignOfLife(mailbox.TakenCount, mailbox.Probes, mailbox.RetryAt, session.Now))
        {
            return 0;
        }

        // First what they have: the rest of it waits again.
        KeptMessages.NoteSignOfLife(session, mailbox);
        RouteTable.ReviveEnded(session, mailbox, arrival);
        MailboxTable.Save(session, mailbox);
        return 1;
    }
}
