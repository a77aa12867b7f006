namespace NymDirectory.Load.Node;

/// <summary>The node that is measured.</summary>
/// <param name="Relays">How many Relays.</param>
/// <param name="Variables">Settings of all services, as environment variables.</param>
/// <param name="Programs">The folder with the published programs.</param>
internal sealed record NodeSettings(int Relays, IReadOnlyDictionary<string, string> Variables, string Programs);
