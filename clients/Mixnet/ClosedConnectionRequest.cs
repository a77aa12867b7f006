namespace NymDirectory.Mixnet;

/// <summary>Throws away what waits in a lane. Nothing answers it, and it has no JSON form.</summary>
/// <param name="ConnectionId">The lane.</param>
public sealed record ClosedConnectionRequest(ulong ConnectionId) : NymRequest;
