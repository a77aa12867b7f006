using System.Text;
using System.Text.Json;
using NymDirectory.Load.Node;

namespace NymDirectory.Load.Measuring;

/// <summary>A report for programs: one JSON object.</summary>
internal static class ReportJson
{
    public static string Of(LoadReport report)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            WriteSetup(json, report);
            WriteResult(json, report);
            json.WriteStartArray("processes");
            foreach (var cost in report.Window.Costs)
            {
                Write(json, report, cost);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteSetup(Utf8JsonWriter json, LoadReport report)
    {
        json.WriteString("operation", report.Operation);
        json.WriteNumber("users", report.Users);
        json.WriteNumber("inFlight", report.Pace.InFlight);
        if (report.Pace.PerSecond is { } rate)
        {
            json.WriteNumber("offeredPerSecond", rate);
        }

        json.WriteNumber("relays", report.Node.Relays);
        if (report.Node.Traces is { } traces)
        {
            json.WriteNumber("tracesShare", traces);
        }

        json.WriteStartObject("settings");
        foreach (var (key, value) in report.Node.Variables)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, LoadReport report)
    {
        json.WriteNumber("seconds", report.Window.Elapsed.TotalSeconds);
        json.WriteNumber("completed", report.Window.Completed);
        json.WriteNumber("perSecond", report.Window.PerSecond);
        json.WriteNumber("refused", report.Refused);
        json.WriteNumber("missing", report.Missing);
        json.WriteNumber("repeated", report.Repeated);
        Write(json, "answeredMilliseconds", report.Window.Answered);
        Write(json, "completeMilliseconds", report.Window.Latency);
        json.WriteNumber("servicesMicroseconds", report.ServiceMicroseconds);
        json.WriteNumber("checkMicroseconds", report.Floor.CheckMicroseconds);
        json.WriteNumber("signatureMicroseconds", report.Floor.SignatureMicroseconds);
        json.WriteNumber("floorMicroseconds", report.FloorMicroseconds);
        json.WriteNumber("ratio", report.Ratio);
        if (report.Window.Spans is { } spans)
        {
            json.WriteNumber("spans", spans.Items);
            json.WriteNumber("spanBytes", spans.Bytes);
        }

        json.WriteNumber("cores", Environment.ProcessorCount);
        json.WriteNumber("othersShare", report.Window.Others);
        json.WriteNumber("loadAverage", report.Window.LoadAverage);
    }

    private static void Write(Utf8JsonWriter json, string name, LatencySummary latency)
    {
        json.WriteStartObject(name);
        json.WriteNumber("p50", latency.P50);
        json.WriteNumber("p95", latency.P95);
        json.WriteNumber("p99", latency.P99);
        json.WriteNumber("longest", latency.Longest);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LoadReport report, ProcessCost cost)
    {
        json.WriteStartObject();
        json.WriteString("name", cost.Name);
        json.WriteBoolean("service", NodeUnderLoad.IsService(cost.Name));
        json.WriteNumber("microseconds", report.Microseconds(cost));
        json.WriteNumber("userSeconds", cost.User.TotalSeconds);
        json.WriteNumber("systemSeconds", cost.Kernel.TotalSeconds);
        json.WriteNumber("compilingSeconds", cost.Compiling.TotalSeconds);
        json.WriteNumber("memoryMegabytes", cost.MemoryMegabytes);
        json.WriteNumber("peakMegabytes", cost.PeakMegabytes);
        json.WriteEndObject();
    }
}
