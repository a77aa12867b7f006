namespace NymDirectory.Mixnet;

/// <summary>Asks how much waits in a lane. It has no JSON form.</summary>
/// <param name="ConnectionId">The lane.</param>
public sealed record LaneQueueLengthRequest(ulong ConnectionId) : NymRequest;
