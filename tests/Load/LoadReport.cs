using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NymDirectory.Load;

/// <summary>What was seen.</summary>
/// <param name="Settings">With which load.</param>
/// <param name="Elapsed">Over which time.</param>
/// <param name="Accepted">Messages answered with success.</param>
/// <param name="Refused">Messages answered otherwise.</param>
/// <param name="Delivered">Messages that their recipients got, some time after the end included.</param>
/// <param name="LatenciesMilliseconds">From sending until the answer, sorted.</param>
/// <param name="Costs">CPU and memory of each program.</param>
/// <param name="FloorMicroseconds">One signature check and one signature, on this machine in this run.</param>
internal sealed record LoadReport(
    LoadSettings Settings,
    TimeSpan Elapsed,
    int Accepted,
    int Refused,
    int Delivered,
    IReadOnlyList<double> LatenciesMilliseconds,
    IReadOnlyList<ProcessCost> Costs,
    double FloorMicroseconds)
{
    private double PerSecond => Accepted / Elapsed.TotalSeconds;

    private double ServiceMicroseconds => Costs.Where(cost => cost.IsService).Sum(cost => cost.Cpu.TotalMicroseconds) / Math.Max(1, Accepted);

    internal string ToText()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Settings.Users} users, {Settings.InFlight} in flight, {Settings.Relays} Relays, {Elapsed.TotalSeconds:0.0} s");
        text.AppendLine(CultureInfo.InvariantCulture, $"accepted   {Accepted} ({PerSecond:0}/s), refused {Refused}, delivered {Delivered}");
        text.AppendLine(CultureInfo.InvariantCulture, $"latency    p50 {Percentile(50):0.0} ms, p95 {Percentile(95):0.0} ms, p99 {Percentile(99):0.0} ms");
        foreach (var cost in Costs)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{cost.Name,-10} {cost.Cpu.TotalMicroseconds / Math.Max(1, Accepted),6:0} us CPU/message, {cost.MemoryMegabytes:0} MB");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"floor      {FloorMicroseconds:0} us (one check, one signature)");
        text.Append(CultureInfo.InvariantCulture, $"ratio      {ServiceMicroseconds / FloorMicroseconds:0.0} (CPU of the three services for each message / floor)");
        return text.ToString();
    }

    internal string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("seconds", Elapsed.TotalSeconds);
            json.WriteNumber("accepted", Accepted);
            json.WriteNumber("refused", Refused);
            json.WriteNumber("delivered", Delivered);
            json.WriteNumber("perSecond", PerSecond);
            json.WriteNumber("p50Milliseconds", Percentile(50));
            json.WriteNumber("p95Milliseconds", Percentile(95));
            json.WriteNumber("p99Milliseconds", Percentile(99));
            json.WriteNumber("serviceMicrosecondsPerMessage", ServiceMicroseconds);
            json.WriteNumber("floorMicroseconds", FloorMicroseconds);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private double Percentile(int percent) =>
        LatenciesMilliseconds.Count == 0 ? 0 : LatenciesMilliseconds[Math.Min(LatenciesMilliseconds.Count - 1, LatenciesMilliseconds.Count * percent / 100)];
}
