using System.Globalization;

namespace NymDirectory.Gateway.NymClient.Processes;

/// <summary>Who listens on a port, read from the kernel's tables: nym-client's port is never touched to find out.</summary>
internal static class ListeningSocket
{
    private const string Listening = "0A";

    /// <summary>Whether anybody on this machine listens there.</summary>
    public static bool Exists(int port) => Inodes(port).Count > 0;

    /// <summary>Whether this very process does.</summary>
    public static bool IsHeldBy(int pid, int port)
    {
        var inodes = Inodes(port);
        try
        {
            return inodes.Count > 0 && Directory.EnumerateFiles($"/proc/{pid}/fd")
                .Select(descriptor => new FileInfo(descriptor).LinkTarget)
                .Any(target => target is not null && inodes.Contains(target));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The sockets as <c>/proc/PID/fd</c> names them. A line: number, local address:port, remote, state, …, inode as tenth.</summary>
    internal static IReadOnlySet<string> Parse(IEnumerable<string> lines, int port)
    {
        string ending = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        return lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 9 && fields[3] == Listening && fields[1].EndsWith(ending, StringComparison.Ordinal))
            .Select(fields => $"socket:[{fields[9]}]")
            .ToHashSet(StringComparer.Ordinal);
    }

    private static IReadOnlySet<string> Inodes(int port)
    {
        string[] tables = ["/proc/net/tcp", "/proc/net/tcp6"];
        return Parse(tables.Where(File.Exists).SelectMany(File.ReadLines), port);
    }
}
