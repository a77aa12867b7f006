namespace NymDirectory.Client;

/// <summary>What became of a message on its way out.</summary>
/// <param name="ViaDirect">
/// True: it went straight to the contact's address, and nothing says whether it arrived; if the contact stays silent it goes through the node later.
/// False: the node accepted (or refused) it.
/// </param>
/// <param name="Refusal">Why not; null when it is on its way.</param>
public sealed record SendOutcome(bool ViaDirect, NodeRefusal? Refusal = null)
{
    /// <summary>Whether it is on its way.</summary>
    public bool Succeeded => Refusal is null;
}
