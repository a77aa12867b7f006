namespace NymDirectory.DirectoryService.Mailboxes;

/// <summary>When a Relay should look at a mailbox next.</summary>
internal static class DueRule
{
    /// <summary>
    /// Absent means parked: nothing may be sent, or there is nowhere to send it. A lease that nobody ends costs its rest and no more.
    /// </summary>
    /// <param name="mailbox">As it is after the operation.</param>
    /// <param name="routeIsLive">Whether its route is.</param>
    /// <param name="firstAttemptAt">The earliest time at which one of its waiting messages may be tried.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static long? Next(MailboxState mailbox, bool routeIsLive, long firstAttemptAt, long now)
    {
        if (mailbox.MessageCount == 0)
        {
            return null;
        }

        if (mailbox.IsLeased(now))
        {
            return mailbox.LeasedUntil;
        }

        var flow = DeliveryWindow.Free(mailbox) > 0 ? firstAttemptAt : long.MaxValue;
        var probe = DeliveryWindow.MayProbe(mailbox) ? mailbox.RetryAt : long.MaxValue;
        var next = Math.Min(flow, probe);
        return routeIsLive && next < long.MaxValue ? Math.Max(now, Math.Max(mailbox.HeldUntil, next)) : null;
    }
}
