using System.Globalization;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Faults;

/// <summary>
/// What lies in the kernel for a process that is stopped: when it is there, a message has left the one service and has not reached the next. So a test knows at which step of a send it
/// is, and no service needs a hook for it.
/// </summary>
internal static class SocketBacklog
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Waits until so much more waits for whoever listens on that port than when <paramref name="action"/> began.</summary>
    public static async Task ForServerAsync(int port, int bytes, Action action)
    {
        var before = Of(row => row.Local == port);
        action();
        await Eventually.True(() => Of(row => row.Local == port) >= before + bytes, Patience, $"{bytes} bytes wait for whoever listens on {port}");
    }

    /// <summary>The same for whoever is connected to that port.</summary>
    public static async Task ForClientAsync(int port, int bytes, Action action)
    {
        var before = Of(row => row.Remote == port);
        action();
        await Eventually.True(() => Of(row => row.Remote == port) >= before + bytes, Patience, $"{bytes} bytes wait for whoever is connected to {port}");
    }

    private static long Of(Func<(int Local, int Remote), bool> which) => new[] { "/proc/net/tcp", "/proc/net/tcp6" }
        .SelectMany(file => File.ReadLines(file).Skip(1))
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(columns => which((Hex(columns[1].Split(':')[1]), Hex(columns[2].Split(':')[1]))) && columns[3] == Established)
        .Sum(columns => (long)Hex(columns[4].Split(':')[1]));

    private const string Established = "01";

    private static int Hex(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
