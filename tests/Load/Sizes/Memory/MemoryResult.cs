namespace NymDirectory.Load.Sizes.Memory;

/// <summary>The memory of all services at one moment.</summary>
/// <param name="Users">Users of the node.</param>
/// <param name="Waiting">Messages that wait for others than those who are there.</param>
/// <param name="Active">Users who are there.</param>
/// <param name="Moment">When it was.</param>
/// <param name="Traces">The share of the traces that is exported; null: telemetry is off.</param>
/// <param name="Services">The services.</param>
internal sealed record MemoryResult(int Users, int Waiting, int Active, string Moment, double? Traces, IReadOnlyList<MemorySample> Services);
