namespace NymDirectory.Localnet.Client;

/// <summary>A payload from the hub.</summary>
/// <param name="Payload">A written message.</param>
/// <param name="IsCopy">The hub doubled it: the application gets it again, its reply blocks do not count again.</param>
internal readonly record struct Delivery(ReadOnlyMemory<byte> Payload, bool IsCopy);
