namespace NymDirectory.Local.Node;

/// <summary>What a node on this machine is made of.</summary>
internal sealed record NodeSetup
{
    /// <summary>Where everything that lasts is kept; full path.</summary>
    internal required string DataFolder { get; init; }

    internal required NodePorts Ports { get; init; }

    /// <summary>A nym-client to run instead of Localnet; null for the local mixnet.</summary>
    internal string? NymClient { get; init; }

    /// <summary>Further variables for every program of the node.</summary>
    internal IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Takes each line that a program writes, with the program's name.</summary>
    internal Action<string, string> Output { get; init; } = (_, _) => { };

    internal string DatabaseFile => Path.Combine(DataFolder, "directory.db");

    internal string GatewayFolder => GatewayFolderOf(0);

    internal string AddressFile => AddressFileOf(0);

    internal string PublicKeyFile => Path.Combine(GatewayFolder, "node_public_key.pem");

    /// <summary>Where stand-ins for nym-client keep their files: a node on the local mixnet leaves nothing outside its data.</summary>
    internal string LocalnetHome => LocalnetHomeOf(0);

    internal string HubAddress => $"127.0.0.1:{Ports.Hub}";

    /// <summary>How users on this machine reach the node.</summary>
    internal NodeAccess Access => new(HubAddress, AddressFile, PublicKeyFile, LocalnetHome);

    internal string GatewayFolderOf(int index) => Path.Combine(DataFolder, GatewayName(index));

    internal string AddressFileOf(int index) => Path.Combine(GatewayFolderOf(index), "nym_address.txt");

    internal string LocalnetHomeOf(int index) => Path.Combine(DataFolder, index == 0 ? "localnet" : $"localnet-{index + 1}");

    /// <summary>The gateway id of a Gateway, and what people call its process.</summary>
    internal static string GatewayName(int index) => index == 0 ? "gateway" : $"gateway-{index + 1}";

    /// <summary>Makes the folder; one clear message when that cannot be.</summary>
    internal void CreateDataFolder()
    {
        try
        {
            System.IO.Directory.CreateDirectory(DataFolder);
            var probe = Path.Combine(DataFolder, ".writable");
            File.WriteAllText(probe, string.Empty);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalException($"the data folder {DataFolder} cannot be written: {e.Message}");
        }
    }
}
