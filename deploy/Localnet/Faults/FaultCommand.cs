namespace NymDirectory.Localnet.Faults;

/// <summary>What <c>faults</c> asks the hub for. The answer is always a <see cref="FaultReport"/>.</summary>
internal sealed record FaultCommand
{
    /// <summary>For one client, by its id or address; null: for all that have no settings of their own.</summary>
    public string? Client { get; init; }

    /// <summary>Forget all settings (of the client, or everybody's) first, and end silences.</summary>
    public bool Reset { get; init; }

    /// <summary>What to change.</summary>
    public FaultChanges Changes { get; init; } = new();

    /// <summary>Make the clients' mixnet side stuck for so long; zero ends it.</summary>
    public TimeSpan? Silence { get; init; }
}
