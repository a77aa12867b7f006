using System.Globalization;
using System.Text;

namespace NymDirectory.Load.Scaling;

/// <summary>What came out of <c>scale</c>, for people.</summary>
internal static class ScaleText
{
    public static string Of(ScaleSettings settings, ServiceLimits limits, IReadOnlyList<ScaleStep> steps)
    {
        var text = new StringBuilder();
        Line($"scale      a check has its Relay's simulated core to itself for {settings.CheckTime.TotalMilliseconds:0} ms: {settings.PerRelay:0}/s for each Relay at most");
        foreach (var step in steps)
        {
            var rate = step.Report.Window.PerSecond;
            Line($"{step.Relays} Relays   {rate:0}/s, {rate / steps[0].Report.Window.PerSecond:0.00} times one, {rate / (step.Relays * settings.PerRelay):P0} of what they can; checks {Shares(step)}; directory {Busy(step, ServiceLimits.DirectoryName):P0} of a core and its writer {step.CommitsBusy:P0} busy, gateway {Busy(step, ServiceLimits.GatewayName):P0} of a core");
        }

        var most = steps[^1].Report.Window.PerSecond;
        Line($"saturated  {limits.SaturatedPerSecond:0}/s with one Relay as it is; {limits.ItemsPerCommit:0.0} items a commit");
        Line($"directory  {limits.DirectoryMicroseconds:0} us CPU each: {limits.DirectoryPerCore:0}/s on one core; its writer {limits.CommitsBusy:P0} busy: {limits.WriterPerSecond:0}/s; at {most:0}/s it is at {most / limits.DirectoryPerCore:P0} and {most / limits.WriterPerSecond:P0} of that");
        Line($"gateway    {limits.GatewayMicroseconds:0} us CPU each: {limits.GatewayPerCore:0}/s on one core; at {most:0}/s it is at {most / limits.GatewayPerCore:P0} of that");
        return text.ToString();

        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
    }

    private static string Shares(ScaleStep step) => string.Join(" + ", step.Shares.Select(share => share.ToString("P1", CultureInfo.InvariantCulture)));

    private static double Busy(ScaleStep step, string name) =>
        step.Report.Window.Costs.Single(cost => cost.Name == name).Cpu / step.Report.Window.Elapsed;
}
