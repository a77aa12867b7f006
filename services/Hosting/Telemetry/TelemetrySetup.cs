using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NymDirectory.Hosting.Health;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace NymDirectory.Hosting.Telemetry;

/// <summary>
/// Traces, metrics and logs over OTLP, off unless <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set. All else (protocol, sampler, headers)
/// are OpenTelemetry's own <c>OTEL_*</c> settings, which its SDK reads by itself.
/// </summary>
internal static class TelemetrySetup
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ServiceNameVariable = "OTEL_SERVICE_NAME";
    private const string AttributesVariable = "OTEL_RESOURCE_ATTRIBUTES";
    private const string InstanceAttribute = "service.instance.id";

    // Series of one metric, each with values of its own for the attributes; what comes beyond is counted together, as otel.metric.overflow. The SDK makes room
    // for all of them at once, by default for 2,000: objects of ten megabytes for the metrics of a service, of which each has a few dozen series at most.
    private const int MostSeries = 200;

    internal static void AddTelemetry(this WebApplicationBuilder builder, ServiceDescription service)
    {
        builder.Services.AddMetrics();
        if (builder.Configuration[EndpointVariable] is not { Length: > 0 } endpoint)
        {
            return;
        }

        // OpenTelemetry would go on without a word, and without telemetry.
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            throw new InvalidConfigurationException($"{EndpointVariable}: '{endpoint}' is not an http:// or https:// address.");
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, builder.Configuration, service))
            .WithTracing(tracing => tracing
                .AddSource(service.Name)
                .AddAspNetCoreInstrumentation(options => options.Filter = context => !IsHealth(context.Request.Path))
                .AddHttpClientInstrumentation())
            .WithMetrics(metrics => metrics
                .AddMeter(service.Name, "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel")
                .AddAspNetCoreInstrumentation()
                .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = MostSeries }))
            .WithLogging(configureBuilder: null, options =>
            {
                options.IncludeFormattedMessage = true;
                options.IncludeScopes = false;
            })
            .UseOtlpExporter();
    }

    // Without an instance the numbers of several Relays would be one. What OTEL_RESOURCE_ATTRIBUTES says is left as it is.
    private static void Describe(ResourceBuilder resource, ConfigurationManager configuration, ServiceDescription service) => resource.AddService(
        configuration[ServiceNameVariable] is { Length: > 0 } name ? name : service.Name,
        serviceVersion: typeof(TelemetrySetup).Assembly.GetName().Version?.ToString(3),
        autoGenerateServiceInstanceId: configuration[AttributesVariable]?.Contains(InstanceAttribute, StringComparison.Ordinal) != true);

    private static bool IsHealth(Microsoft.AspNetCore.Http.PathString path) =>
        path == HealthEndpoints.LivePath || path == HealthEndpoints.ReadyPath || path.StartsWithSegments("/grpc.health.v1.Health");
}
