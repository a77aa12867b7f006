namespace NymDirectory.Local.CommandLine;

/// <summary>What the command line asks for.</summary>
/// <param name="Once">End after the conversation; the exit code says whether all of it worked.</param>
/// <param name="Walkthrough">Show the conversation.</param>
/// <param name="DataFolder">Where everything that lasts is kept; full path.</param>
/// <param name="Relays">How many Relays are started.</param>
/// <param name="NymClient">A nym-client to run instead of Localnet; full path, or null.</param>
/// <param name="NymClientPort">The port of the node's nym-client.</param>
/// <param name="FirstPort">The first port of the node's own; see <see cref="Node.NodePorts"/>.</param>
/// <param name="Verbose">Show what the services log at Information, too.</param>
internal sealed record LocalSettings(
    bool Once, bool Walkthrough, string DataFolder, int Relays, string? NymClient, int NymClientPort, int FirstPort, bool Verbose);
