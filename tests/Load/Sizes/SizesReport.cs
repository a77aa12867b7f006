using System.Globalization;
using System.Text.Json;
using NymDirectory.Load.Measuring;
using NymDirectory.Load.Node;
using NymDirectory.Load.Sizes.Memory;
using NymDirectory.Load.Sizes.Starts;

namespace NymDirectory.Load.Sizes;

/// <summary>Prints results: a line each, what is compared side by side.</summary>
internal sealed class SizesReport(bool json)
{
    /// <summary>Measurements of several sizes; each operation is compared with its first.</summary>
    public void Tell(IReadOnlyList<SizeResult> results)
    {
        foreach (var group in results.GroupBy(result => result.Report.Operation))
        {
            foreach (var result in group)
            {
                Tell(result, group.First());
            }
        }
    }

    public void Tell(StartResult result) => Write(
        result,
        $"start      {Size(result.Users, result.Waiting)}: {result.Service}: median {result.Median:0} ms of {string.Join(", ", result.Milliseconds.Select(time => time.ToString("0", CultureInfo.InvariantCulture)))}");

    public void Tell(MemoryResult result) => Write(
        result,
        $"memory     {Size(result.Users, result.Waiting)}, {result.Active} there{Telemetry(result.Traces)}, {result.Moment}: {string.Join("; ", result.Services.Select(Of))}");

    private void Tell(SizeResult result, SizeResult first)
    {
        var report = result.Report;
        if (json)
        {
            Console.WriteLine($$"""{"users": {{result.Users}}, "report": {{ReportJson.Of(report)}}}""");
            return;
        }

        var services = string.Join(" + ", report.Window.Costs.Where(cost => NodeUnderLoad.IsService(cost.Name)).Select(cost => $"{report.Microseconds(cost):0} {cost.Name}"));
        var latency = report.Window.Latency;
        var compared = $"{report.ServiceMicroseconds / first.Report.ServiceMicroseconds:0.00} of the first";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Operation,-10} {Size(result.Users, 0)}: {report.Window.PerSecond:0}/s, {report.ServiceMicroseconds:0} us CPU each ({services}; {compared}), floor {report.FloorMicroseconds:0} us, p50 {latency.P50:0.0} ms, p99 {latency.P99:0.0} ms; missing {report.Missing}, refused {report.Refused}; {report.Window.Others:P0} something else"));
    }

    private void Write<T>(T result, FormattableString text) =>
        Console.WriteLine(json ? JsonSerializer.Serialize(result, JsonSerializerOptions.Web) : text.ToString(CultureInfo.InvariantCulture));

    private static string Size(int users, int waiting) => waiting == 0 ? $"{users} users" : $"{users} users, {waiting} messages wait";

    private static string Telemetry(double? traces) => traces is { } share ? $", telemetry with {share * 100:0.##} % of traces" : string.Empty;

    private static string Of(MemorySample sample) => string.Create(
        CultureInfo.InvariantCulture,
        $"{sample.Service} {sample.Resident:0} MB (own {sample.Own:0}, code {sample.Code:0}, files {sample.Files:0}; at most {sample.Peak:0})");
}
