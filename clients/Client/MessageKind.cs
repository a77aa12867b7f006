namespace NymDirectory.Client;

/// <summary>What arrived.</summary>
public enum MessageKind
{
    /// <summary>A chat message.</summary>
    Text,

    /// <summary>The contact handed over a nym address; messages to them go straight there from now on.</summary>
    Handshake,

    /// <summary>
    /// A warning, not a message: something claimed another public key for this user than the one that is pinned, or than the node's look-up gave. It was
    /// not taken.
    /// </summary>
    KeyConflict,
}
