using NymDirectory.Load.Crowds;

namespace NymDirectory.Load.Node;

/// <summary>The node that is measured.</summary>
/// <param name="Relays">How many Relays.</param>
/// <param name="Variables">Settings of all services, as environment variables.</param>
/// <param name="Programs">The folder with the published programs.</param>
/// <param name="Gateways">How many Gateways, each with a nym-client of its own; users are spread over them in turn.</param>
/// <param name="Blocks">How many reply blocks users attach.</param>
/// <param name="Database">A Directory's database that the node begins with a copy of; absent: it begins with nothing.</param>
internal sealed record NodeSettings(
    int Relays, IReadOnlyDictionary<string, string> Variables, string Programs, int Gateways = 1, BlockSupply? Blocks = null, string? Database = null)
{
    /// <summary>The share of the traces that is exported, beside all metrics and logs; null: telemetry is off.</summary>
    public double? Traces { get; init; }

    /// <summary>The collector keeps what is exported of traces, instead of only counting it.</summary>
    public bool KeepsTraces { get; init; }

    /// <summary>For so long each signature check has a simulated core of its Relay to itself; null: the Relay is as it is.</summary>
    public TimeSpan? CheckTime { get; init; }
}
