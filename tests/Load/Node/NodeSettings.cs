namespace NymDirectory.Load.Node;

/// <summary>The node that is measured.</summary>
/// <param name="Relays">How many Relays.</param>
/// <param name="Variables">Settings of all services, as environment variables.</param>
/// <param name="Programs">The folder with the published programs.</param>
/// <param name="Database">A Directory's database that the node begins with a copy of; absent: it begins with nothing.</param>
internal sealed record NodeSettings(int Relays, IReadOnlyDictionary<string, string> Variables, string Programs, string? Database = null);
