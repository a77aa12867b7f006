namespace NymDirectory.Mixnet;

/// <summary>Answers a request with a connection id: nym-client has taken it into its own queues.</summary>
/// <param name="Lane">The connection id of the request.</param>
/// <param name="QueueLength">How many packets wait in the lane. More than zero proves that something waits, zero proves nothing.</param>
public sealed record LaneQueueLengthResponse(ulong Lane, ulong QueueLength) : NymResponse;
