using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace NymDirectory.Hosting.Health;

/// <summary><c>/healthz/live</c>: the process answers. <c>/healthz/ready</c>: it can do its work. Both say one word.</summary>
internal static class HealthEndpoints
{
    internal const string LivePath = "/healthz/live";
    internal const string ReadyPath = "/healthz/ready";

    internal static void MapHealthEndpoints(this WebApplication app)
    {
        app.MapHealthChecks(LivePath, new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks(ReadyPath, new HealthCheckOptions { Predicate = check => check.Tags.Contains(ServiceHost.ReadyTag) });
    }
}
