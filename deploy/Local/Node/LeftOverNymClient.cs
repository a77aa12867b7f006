using System.Globalization;

namespace NymDirectory.Local.Node;

/// <summary>
/// A nym-client that a killed Gateway left behind: it holds its port rightly, since the next Gateway takes it up. Whether it really is that
/// one the Gateway finds out; here it only matters that the port is not somebody else's for certain.
/// </summary>
internal static class LeftOverNymClient
{
    // Written by the Gateway: the process id, and what tells it from later ones of the same number.
    private const string ProcessFile = "nym_client.pid";

    internal static bool Exists(string gatewayFolder)
    {
        var file = Path.Combine(gatewayFolder, ProcessFile);
        return File.Exists(file)
            && int.TryParse(File.ReadAllText(file).Split(' ')[0], CultureInfo.InvariantCulture, out var processId)
            && System.IO.Directory.Exists($"/proc/{processId}");
    }
}
