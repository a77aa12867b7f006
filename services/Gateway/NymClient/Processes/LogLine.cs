using System.Text.RegularExpressions;
using NymDirectory.Mixnet;

namespace NymDirectory.Gateway.NymClient.Processes;

/// <summary>
/// One line of nym-client's log, read and then forgotten: its lines hold tags and addresses, so nothing of their text goes on. What is known is
/// said again in our own words, the rest is counted by level.
/// </summary>
internal readonly partial record struct LogLine(string Level, LogSign Sign)
{
    // Phrases of nym-client 1.1.76 (common/client-core, common/client-libs, common/task, clients/native), in any case. The first that fits counts. What is not here is
    // harmless, whatever its level: docs/nym-client-log.md has both lists.
    private static readonly (string Phrase, LogSign Sign)[] Templates =
    [
        (MissingBlocks, LogSign.NoReplyBlocks),
        ("the address of this client is", LogSign.SocketOpen),
        ("data flush is complete", LogSign.Flushed),
        ("failed to flush our reply-related data", LogSign.FlushFailed),
        ("failed to properly stop the storage session", LogSign.FlushFailed),
        ("is flushing all reply-related data", LogSign.Flushing),
        ("forcing shutdown", LogSign.Forced),
        ("hasn't undergone", LogSign.StoreLost),
        ("hasn't finished the data flush", LogSign.StoreLost),
        ("missing valid surb data dump", LogSign.StoreLost),
        ("our reply surbs are already outdated", LogSign.StoreLost),
        ("creating fresh surb database", LogSign.StoreLost),
        ("create a fresh database instead", LogSign.StoreLost),
        ("failed to start the storage session", LogSign.StoreUnusable),
        ("failed to bind to", LogSign.PortInUse),
        ("address already in use", LogSign.PortInUse),
        ("assuming the gateway is dead", LogSign.SendsFailed),
        ("panicked at", LogSign.Panicked),
        ("lane queue length lock is poisoned", LogSign.Broken),
        ("mix messages sender was unexpectedly closed", LogSign.Broken),
        ("cover traffic stream has been exhausted", LogSign.Broken),
        ("topology refresher interval has been exhausted", LogSign.Broken),
        ("failed to load config for", LogSign.ConfigurationRefused),
        ("could not authenticate and start up the gateway connection", LogSign.NoNetwork),
        ("did not come become online", LogSign.NoNetwork),
        ("did not come back online", LogSign.NoNetwork),
        ("topology seem to be insufficient", LogSign.NoNetwork),
        ("we're supposedly connected to does not exist", LogSign.NoNetwork),
        ("out of bandwidth", LogSign.OutOfBandwidth),
        ("open a duplicate websocket connection", LogSign.SecondConnection),
    ];

    private const string MissingBlocks = "but we don't have any surbs stored for that recipient";
    private const string BeforeTag = "reply request for ";

    /// <summary>Reads a line as it was written, colours included.</summary>
    public static LogLine Read(string line)
    {
        string plain = Colours().Replace(line, "");
        return new LogLine(LevelOf(plain), SignOf(plain));
    }

    /// <summary>Whose reply was dropped, from a line that says <see cref="LogSign.NoReplyBlocks"/>. For this process alone.</summary>
    public static SenderTag? TagOf(string line)
    {
        int end = line.IndexOf(MissingBlocks, StringComparison.OrdinalIgnoreCase);
        int start = end < 0 ? -1 : line.LastIndexOf(BeforeTag, end, StringComparison.OrdinalIgnoreCase);
        return start >= 0 && SenderTag.TryParse(line[(start + BeforeTag.Length)..end].Trim(), out var tag) ? tag : null;
    }

    private static string LevelOf(string line) => LevelWord().Match(line) is { Success: true } match ? match.Value.ToLowerInvariant() : "none";

    private static LogSign SignOf(string line)
    {
        foreach (var (phrase, sign) in Templates)
        {
            if (line.Contains(phrase, StringComparison.OrdinalIgnoreCase))
            {
                return sign;
            }
        }

        return LogSign.None;
    }

    [GeneratedRegex(@"\x1b\[[0-9;]*[A-Za-z]", RegexOptions.CultureInvariant)]
    private static partial Regex Colours();

    // Only near the start, after a timestamp: further on the word can be anybody's.
    [GeneratedRegex(@"(?<=^.{0,48}\b)(TRACE|DEBUG|INFO|WARN|ERROR)\b", RegexOptions.CultureInvariant)]
    private static partial Regex LevelWord();
}
