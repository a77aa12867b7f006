namespace NymDirectory.Mixnet;

/// <summary>Why a connection ended.</summary>
public enum NymClientSessionEnd
{
    /// <summary>nym-client closed it, or its process ended.</summary>
    ClosedByPeer,

    /// <summary>The websocket protocol was violated, or a callback threw.</summary>
    Faulted,

    /// <summary>Its owner disposed of it.</summary>
    Disposed,
}
