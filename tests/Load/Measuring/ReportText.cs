using System.Globalization;
using System.Text;
using NymDirectory.Load.Node;

namespace NymDirectory.Load.Measuring;

/// <summary>A report for people.</summary>
internal static class ReportText
{
    public static string Of(LoadReport report)
    {
        var text = new StringBuilder();
        var window = report.Window;
        var pace = report.Pace.PerSecond is { } rate ? Format($"{rate:0}/s") : Format($"{report.Pace.InFlight} in flight");
        Line($"{report.Operation,-10} {report.Users} users, {pace}, {report.Node.Relays} Relays, telemetry {Telemetry(report.Node)}, {window.Elapsed.TotalSeconds:0.0} s");
        Line($"completed  {window.PerSecond:0}/s; in all {report.Completed} of {report.Begun}, refused {report.Refused}, missing {report.Missing}, repeated {report.Repeated}");
        Line($"answered   p50 {window.Answered.P50:0.0} ms, p95 {window.Answered.P95:0.0} ms, p99 {window.Answered.P99:0.0} ms, longest {window.Answered.Longest:0.0} ms");
        Line($"complete   p50 {window.Latency.P50:0.0} ms, p95 {window.Latency.P95:0.0} ms, p99 {window.Latency.P99:0.0} ms, longest {window.Latency.Longest:0.0} ms");
        foreach (var cost in window.Costs)
        {
            var mark = NodeUnderLoad.IsService(cost.Name) ? ' ' : '*';
            var busy = cost.Cpu / window.Elapsed;
            Line($"{cost.Name,-10}{mark}{report.Microseconds(cost),6:0} us CPU each ({Share(cost.User, cost.Cpu):0} % user, {Share(cost.Compiling, cost.Cpu):0} % compiling), {busy:P0} of a core, {cost.MemoryMegabytes:0} MB, at most {cost.PeakMegabytes:0} MB");
        }

        Line($"services   {report.ServiceMicroseconds:0} us each   (* not part of it)");
        Line($"floor      {report.FloorMicroseconds:0} us (check {report.Floor.CheckMicroseconds:0}, signature {report.Floor.SignatureMicroseconds:0})");
        Line($"ratio      {report.Ratio:0.00}");
        Line($"machine    {Environment.ProcessorCount} cores, {window.Others:P0} of them busy with something else, load average {window.LoadAverage:0.0}");
        if (window.Spans is { Items: > 0 } spans)
        {
            Line($"exported   {(double)spans.Items / Math.Max(1, window.Completed):0.00} spans each, {(double)spans.Bytes / Math.Max(1, spans.Items):0} bytes a span, {spans.Exports} exports");
        }

        if (report.SignedLate > 0 || report.BlocksAskedFor > 0)
        {
            Line($"generator  signed {report.SignedLate} messages in the timed part, was asked for reply blocks {report.BlocksAskedFor} times");
        }

        return text.ToString();

        void Line(FormattableString line) => text.AppendLine(Format(line));
    }

    private static string Telemetry(NodeSettings node) => node.Traces is { } share ? Format($"with {100 * share:0.###} % of traces") : "off";

    private static double Share(TimeSpan part, TimeSpan whole) => whole == TimeSpan.Zero ? 0 : 100 * (part / whole);

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
