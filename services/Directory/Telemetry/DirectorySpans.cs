using System.Diagnostics;

namespace NymDirectory.DirectoryService.Telemetry;

/// <summary>The service's one activity source.</summary>
internal static class DirectorySpans
{
    public static readonly ActivitySource Source = new(DirectoryTelemetry.Name);
}
