using Google.Protobuf;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Mailboxes;
using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.DirectoryService.Storage.Operations;

/// <summary>Which messages of a due mailbox go next: those that wait, as far as its window allows; of a quiet user the oldest alone.</summary>
internal static class MessageChoice
{
    private const string Columns = "SELECT id, content_hash, sequence, round, taken_run IS NOT NULL, introduces, pair, content FROM messages";

    internal const string WaitingMessages = $"""
        {Columns} WHERE recipient_id = $1 AND taken_run IS NULL AND (next_attempt_at <= $2 OR next_attempt_at > $3) ORDER BY id LIMIT $4
        """;

    internal const string OldestMessage = $"{Columns} WHERE recipient_id = $1 ORDER BY id LIMIT 1";

    public static List<LeasedMessage> Choose(WriteSession session, MailboxState mailbox, DeliveryAllowance answer)
    {
        var limit = Math.Min(DeliveryWindow.Free(mailbox), answer.Remaining);
        var chosen = limit > 0 ? Waiting(session, mailbox, answer, limit) : [];
        return chosen.Count == 0 && answer.HasRoom && mailbox.RetryAt <= session.Now && DeliveryWindow.MayProbe(mailbox)
            ? Oldest(session, mailbox, answer)
            : chosen;
    }

    private static List<LeasedMessage> Waiting(WriteSession session, MailboxState mailbox, DeliveryAllowance answer, int limit)
    {
        var chosen = new List<LeasedMessage>(limit);
        var introduced = new List<SixteenBytes>();
        var waiting = session.Sql.List(
            WaitingMessages, Read, mailbox.AccountId, session.Now, session.Now + DeliveryPace.LongestRetry, limit);
        foreach (var row in waiting)
        {
            // What its sender's first message goes with would overtake it now and then.
            if (row.Pair is { } pair && introduced.Contains(pair))
            {
                continue;
            }

            if (!answer.TryTake(row.Message.Content.Length))
            {
                break;
            }

            chosen.Add(row.Message);
            if (row is { Introduces: true, Pair: { } introducing } && !mailbox.Acknowledges)
            {
                introduced.Add(introducing);
            }
        }

        return chosen;
    }

    private static List<LeasedMessage> Oldest(WriteSession session, MailboxState mailbox, DeliveryAllowance answer)
    {
        var oldest = session.Sql.First(OldestMessage, Read, mailbox.AccountId);
        if (oldest is null || !answer.TryTake(oldest.Message.Content.Length))
        {
            return [];
        }

        mailbox.CountProbe(session.Now);
        if (!oldest.IsTaken)
        {
            return [oldest.Message];
        }

        mailbox.TakenCount--;
        return [oldest.Message with { Round = oldest.Message.Round + 1 }];
    }

    private static Candidate Read(Row row) => new(
        new LeasedMessage(
            row.GetInt64(0),
            SixteenBytes.Read(row.GetSpan(1)),
            row.GetInt64(2),
            row.GetInt32(3),
            UnsafeByteOperations.UnsafeWrap(row.GetBytes(7))),
        row.GetBoolean(4),
        row.GetBoolean(5),
        row.SixteenBytesOrNull(6));

    private sealed record Candidate(LeasedMessage Message, bool IsTaken, bool Introduces, SixteenBytes? Pair);
}
