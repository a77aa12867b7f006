namespace NymDirectory.Localnet.Faults;

/// <summary>How things stand at the hub.</summary>
/// <param name="Settings">For clients without settings of their own.</param>
/// <param name="Clients">Those who are connected, or have settings of their own.</param>
/// <param name="Counts">What happened to messages since the hub started.</param>
internal sealed record FaultReport(FaultSettings Settings, IReadOnlyList<ClientReport> Clients, MessageCounts Counts);
