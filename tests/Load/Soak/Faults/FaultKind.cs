namespace NymDirectory.Load.Soak.Faults;

/// <summary>What goes wrong.</summary>
internal enum FaultKind
{
    /// <summary>A Relay is killed and started again.</summary>
    RelayKilled,

    /// <summary>The Directory is killed and started again.</summary>
    DirectoryKilled,

    /// <summary>The Gateway is killed and started again; its nym-client is left over.</summary>
    GatewayKilled,

    /// <summary>The node's nym-client is killed, and all reply blocks are gone; the users log in again.</summary>
    NymClientKilled,

    /// <summary>All of them at once.</summary>
    NodeKilled,

    /// <summary>A Relay stands still (SIGSTOP) and goes on.</summary>
    RelayStopped,

    /// <summary>The mixnet loses, doubles, reorders and delays.</summary>
    Mixnet,

    /// <summary>A user's nym-client is killed; they come back with another one.</summary>
    UserGone,
}
