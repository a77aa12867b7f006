using NymDirectory.Load.Measuring;

namespace NymDirectory.Load.Scaling;

/// <summary>
/// At which rate of messages Directory and Gateway would have no more to give. Of CPU that is one core divided by what a message costs
/// when the node has as much to do as it can. The Directory has one writer besides: that rate divided by the share of the time in which
/// it was busy. Both are careful: with more to do calls and commits carry more items and cost less each, and neither program is bound to one core.
/// </summary>
/// <param name="SaturatedPerSecond">The rate at which this was measured.</param>
/// <param name="DirectoryMicroseconds">CPU of the Directory for each message.</param>
/// <param name="GatewayMicroseconds">CPU of the Gateway for each message.</param>
/// <param name="CommitsBusy">The share of the time in which the writer was at work.</param>
/// <param name="ItemsPerCommit">How many items shared a commit.</param>
internal sealed record ServiceLimits(
    double SaturatedPerSecond, double DirectoryMicroseconds, double GatewayMicroseconds, double CommitsBusy, double ItemsPerCommit)
{
    /// <summary>What people call the Directory's process.</summary>
    public const string DirectoryName = "directory";

    /// <summary>What people call the Gateway's process.</summary>
    public const string GatewayName = "gateway";

    private const double CoreMicroseconds = 1e6;

    public double DirectoryPerCore => CoreMicroseconds / DirectoryMicroseconds;

    public double GatewayPerCore => CoreMicroseconds / GatewayMicroseconds;

    public double WriterPerSecond => SaturatedPerSecond / CommitsBusy;

    public static ServiceLimits From(LoadReport saturated, MetricChanges metrics) => new(
        saturated.Window.PerSecond,
        Microseconds(saturated, DirectoryName),
        Microseconds(saturated, GatewayName),
        metrics.CommitsBusy / saturated.Window.Elapsed.TotalSeconds,
        metrics.ItemsPerCommit);

    private static double Microseconds(LoadReport report, string name) => report.Microseconds(report.Window.Costs.Single(cost => cost.Name == name));
}
