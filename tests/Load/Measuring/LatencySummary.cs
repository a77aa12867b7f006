namespace NymDirectory.Load.Measuring;

/// <summary>Percentiles in milliseconds.</summary>
internal sealed record LatencySummary(double P50, double P95, double P99, double Longest);
