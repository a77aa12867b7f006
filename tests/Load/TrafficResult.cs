namespace NymDirectory.Load;

/// <summary>What came of one run of traffic; the time is that of all answers at the rate within the run.</summary>
internal sealed record TrafficResult(TimeSpan Elapsed, int Accepted, int Refused, int Delivered, IReadOnlyList<double> LatenciesMilliseconds);
