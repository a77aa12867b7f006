using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.DirectoryService.Storage.Expiry;

/// <summary>
/// The day that expiry goes by. Moved once an hour, it follows the clock by one day at a time and never goes back: a clock that is wrong
/// for an hour, by however much, costs no message more than a day of its time.
/// </summary>
/// <param name="follows">Whether an hour has passed. Not at a start: a service that starts again and again must not hurry on.</param>
internal sealed class LastingDay(bool follows) : WriteOperation<int>
{
    protected override int Apply(WriteSession session)
    {
        // At the first start of all there is no day to follow from.
        var day = session.LastingDay == 0 ? session.ClockDay : Math.Min(session.ClockDay, session.LastingDay + (follows ? 1 : 0));
        if (day > session.LastingDay)
        {
            SettingsTable.SetDay(session.Sql, day);
            session.LastingDay = day;
        }

        return session.LastingDay;
    }
}
