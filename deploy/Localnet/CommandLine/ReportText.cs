using System.Globalization;
using System.Text;
using NymDirectory.Localnet.Faults;

namespace NymDirectory.Localnet.CommandLine;

/// <summary>A <see cref="FaultReport"/> for people.</summary>
internal static class ReportText
{
    /// <summary>The text.</summary>
    public static string Write(FaultReport report)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"all: {Write(report.Settings)}");
        foreach (var client in report.Clients)
        {
            var settings = client.Settings is { } own ? Write(own) : "as all";
            text.AppendLine(CultureInfo.InvariantCulture, $"{client.Client}{(client.Connected ? "" : " (not connected)")}: {settings}");
        }

        var counts = report.Counts;
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"messages: delivered {counts.Delivered}, lost {counts.Lost}, duplicated {counts.Duplicated}, reordered {counts.Reordered}, "
            + $"undeliverable {counts.Undeliverable}, waiting for absent clients {counts.Waiting}");
        return text.ToString();
    }

    private static string Write(FaultSettings settings)
    {
        var pace = settings.PacketsPerSecond > 0 ? string.Create(CultureInfo.InvariantCulture, $"{settings.PacketsPerSecond}/s") : "unlimited";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"loss {settings.Loss}, duplicate {settings.Duplicate}, reorder {settings.Reorder}, delay {Duration.Write(settings.Delay)}, "
            + $"jitter {Duration.Write(settings.Jitter)}, packets {pace}, flush {Duration.Write(settings.FlushRow)} a row");
    }
}
