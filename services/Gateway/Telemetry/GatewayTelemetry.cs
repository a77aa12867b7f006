using System.Diagnostics;
using NymDirectory.Gateway.Protocol;

namespace NymDirectory.Gateway.Telemetry;

/// <summary>Names that the Gateway's telemetry goes by; <c>docs/telemetry.md</c> explains them.</summary>
internal static class GatewayTelemetry
{
    /// <summary>The activity source and the meter.</summary>
    public const string Name = "NymDirectory.Gateway";

    /// <summary>What every metric's name begins with.</summary>
    public const string MetricPrefix = "nymdirectory.gateway.";

    /// <summary>The span attribute and metric label that says how a request ended.</summary>
    public const string Outcome = "outcome";

    /// <summary>The span of one delivery's way through the Gateway.</summary>
    public const string DeliverySpan = "deliver to nym-client";

    /// <summary>Makes the Gateway's spans.</summary>
    public static readonly ActivitySource Source = new(Name);

    private static readonly string[] RequestSpans = [.. Enum.GetValues<ClientAction>().Select(action => $"nymchat {action.Name()}")];

    /// <summary>The name of a client request's root span.</summary>
    public static string RequestSpan(ClientAction action) => RequestSpans[(int)action];
}
