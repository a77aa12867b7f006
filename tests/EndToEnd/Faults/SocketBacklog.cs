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

    /// <summary>Waits until so much waits for whoever listens on that port.</summary>
    public static Task ForServerAsync(int port, int bytes) =>
        Eventually.True(() => Of(row => row.Local == port) >= bytes, Patience, $"{bytes} bytes wait for whoever listens on {port}");

    /// <summary>Waits until so much waits for whoever is connected to that port.</summary>
    public static Task ForClientAsync(int port, int bytes) =>
        Eventually.True(() => Of(row => row.Remote == port) >= bytes, Patience, $"{bytes} bytes wait for whoever is connected to {port}");

    private static long Of(Func<(int Local, int Remote), bool> which) => new[] { "/proc/net/tcp", "/proc/net/tcp6" }
        .SelectMany(file => File.ReadLines(file).Skip(1))
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(columns => which((Hex(columns[1].Split(':')[1]), Hex(columns[2].Split(':')[1]))) && columns[3] == Established)
        .Sum(columns => (long)Hex(columns[4].Split(':')[1]));

    private const string Established = "01";

    private static int Hex(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
