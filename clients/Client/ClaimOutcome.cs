namespace NymDirectory.Client;

/// <summary>How a registration or a login ended.</summary>
/// <param name="Refusal">Why not; null when it worked.</param>
public sealed record ClaimOutcome(NodeRefusal? Refusal = null)
{
    /// <summary>Whether the node agreed.</summary>
    public bool Succeeded => Refusal is null;
}
