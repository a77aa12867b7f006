using System.Text.RegularExpressions;

namespace NymDirectory.Gateway.NymClient.Processes;

/// <summary>
/// One line of nym-client's log, read and then forgotten: its lines hold tags and addresses, so nothing of their text goes on. What is known is
/// said again in our own words, the rest is counted by level.
/// </summary>
internal readonly partial record struct LogLine(string Level, LogSign Sign)
{
    // Phrases of nym-client 1.1 (common/client-core, clients/native), in lower case. The first that fits counts.
    private static readonly (string Phrase, LogSign Sign)[] Templates =
    [
        ("the address of this client is", LogSign.SocketOpen),
        ("data flush is complete", LogSign.Flushed),
        ("failed to flush our reply-related data", LogSign.FlushFailed),
        ("is flushing all reply-related data", LogSign.Flushing),
        ("hasn't undergone", LogSign.StoreLost),
        ("hasn't finished the data flush", LogSign.StoreLost),
        ("creating fresh surb database", LogSign.StoreLost),
        ("create a fresh database instead", LogSign.StoreLost),
        ("failed to bind to", LogSign.PortInUse),
        ("address already in use", LogSign.PortInUse),
        ("failed to send sphinx packet to the gateway", LogSign.SendsFailed),
        ("' panicked at", LogSign.Panicked),
        ("open a duplicate websocket connection", LogSign.SecondConnection),
    ];

    /// <summary>Reads a line as it was written, colours included.</summary>
    public static LogLine Read(string line)
    {
        string plain = Colours().Replace(line, "");
        return new LogLine(LevelOf(plain), SignOf(plain));
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
