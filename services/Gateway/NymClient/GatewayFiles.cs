namespace NymDirectory.Gateway.NymClient;

/// <summary>Where the Gateway's own files about nym-client lie.</summary>
/// <param name="DataDirectory">Full path of <c>Gateway__DataDirectory</c>.</param>
internal sealed record GatewayFiles(string DataDirectory)
{
    /// <summary>The configuration key.</summary>
    public const string Key = "Gateway:DataDirectory";

    /// <summary>What <see cref="Key"/> is when nobody says otherwise.</summary>
    public const string DefaultDirectory = "data/gateway";

    /// <summary>The node's address, for people and scripts.</summary>
    public string Address => Path.Combine(DataDirectory, "nym_address.txt");

    /// <summary>The key that seals tags.</summary>
    public string SealKey => Path.Combine(DataDirectory, "seal.key");

    /// <summary>The run, and what proves that it goes on.</summary>
    public string Run => Path.Combine(DataDirectory, "nym_client_run.json");

    /// <summary>Which process was started last.</summary>
    public string Process => Path.Combine(DataDirectory, "nym_client.pid");

    /// <summary>There while nym-client's <c>init</c> runs: one that was broken off has to be done again.</summary>
    public string Initialising => Path.Combine(DataDirectory, "nym_client.initialising");

    /// <summary>Taken from the configuration; relative to the folder in which the program was started.</summary>
    public static GatewayFiles From(IConfiguration configuration) =>
        new(Path.GetFullPath(configuration[Key] is { Length: > 0 } directory ? directory : DefaultDirectory));
}
