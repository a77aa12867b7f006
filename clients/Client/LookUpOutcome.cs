namespace NymDirectory.Client;

/// <summary>The node's answer to a look-up: an account, or none, or a refusal.</summary>
/// <param name="Account">The account; null when nobody has that name, or the node refused.</param>
/// <param name="Refusal">Why the node did not say; null when it did.</param>
public sealed record LookUpOutcome(Account? Account, NodeRefusal? Refusal = null);
