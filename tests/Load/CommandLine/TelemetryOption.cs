using System.CommandLine;

namespace NymDirectory.Load.CommandLine;

/// <summary><c>--telemetry SHARE</c>: whether the services export to a collector, and how many of their traces.</summary>
internal static class TelemetryOption
{
    public static Option<double?> Create()
    {
        var option = new Option<double?>("--telemetry") { Description = "Export to a collector: all metrics, and this share of the traces (0.05; 1). Default: off." };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is < 0 or > 1)
            {
                result.AddError("--telemetry is a share from 0 to 1.");
            }
        });
        return option;
    }
}
