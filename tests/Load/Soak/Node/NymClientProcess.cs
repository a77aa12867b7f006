using System.Globalization;

namespace NymDirectory.Load.Soak.Node;

/// <summary>The node's own nym-client, by what the Gateway writes down of it.</summary>
internal static class NymClientProcess
{
    /// <summary>Its process id; null while there is none.</summary>
    public static int? Find(string gatewayFolder)
    {
        try
        {
            var id = int.Parse(File.ReadAllText(Path.Combine(gatewayFolder, "nym_client.pid")).Split(' ')[0], CultureInfo.InvariantCulture);
            // The file outlives the process, and the number may be somebody else's by then.
            var command = File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ');
            return command.Contains(" run --id nymdirectory ", StringComparison.Ordinal) ? id : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }
}
