namespace NymDirectory.Load.Packets;

/// <summary>What of it is measured, and for how long.</summary>
internal sealed record PacketsSettings
{
    public required IReadOnlySet<PacketsPart> Parts { get; init; }

    /// <summary>Of the capacity only nodes with so many Gateways.</summary>
    public required IReadOnlySet<int> Gateways { get; init; }

    /// <summary>The folder with the published programs; empty when nothing is run.</summary>
    public required string Programs { get; init; }

    /// <summary>Settings of the services, as environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>Users of each Gateway.</summary>
    public required int Users { get; init; }

    /// <summary>How long each run is measured.</summary>
    public required TimeSpan Duration { get; init; }

    public required bool Json { get; init; }
}
