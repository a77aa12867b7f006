using System.Globalization;
using NymDirectory.Local.Processes;

namespace NymDirectory.Local.Node;

/// <summary>
/// A nym-client that a killed Gateway left behind. It holds its port rightly, since the next Gateway takes it up; but when the whole node
/// stops it must stop, too, and by SIGINT, so that it keeps its reply blocks.
/// </summary>
internal static class LeftOverNymClient
{
    // Written by the Gateway: process id, start in clock ticks since boot, boot. The start tells it from later ones of the same number.
    private const string ProcessFile = "nym_client.pid";
    private const int StartField = 19;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    internal static bool Exists(string gatewayFolder) => Find(gatewayFolder) is not null;

    /// <summary>Asks it to leave and waits, within a bound. Nothing to do when there is none.</summary>
    internal static async Task StopAsync(string gatewayFolder)
    {
        if (Find(gatewayFolder) is not { } processId)
        {
            return;
        }

        Signals.Send(processId, Signal.Interrupt);
        var since = TimeProvider.System.GetTimestamp();
        while (Exists(gatewayFolder) && TimeProvider.System.GetElapsedTime(since) < Patience)
        {
            await Task.Delay(Glance, TimeProvider.System);
        }
    }

    private static int? Find(string gatewayFolder)
    {
        var recorded = ReadOrEmpty(Path.Combine(gatewayFolder, ProcessFile)).Split(' ');
        if (recorded.Length < 2 || !int.TryParse(recorded[0], CultureInfo.InvariantCulture, out var processId))
        {
            return null;
        }

        // "pid (name) state …": the name can hold anything; the start is field 22, state is field 3.
        var stat = ReadOrEmpty($"/proc/{processId}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > StartField && fields[StartField] == recorded[1] && fields[0] is not ("Z" or "X") ? processId : null;
    }

    private static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
