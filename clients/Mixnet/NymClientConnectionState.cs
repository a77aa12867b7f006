namespace NymDirectory.Mixnet;

/// <summary>What a connection that comes back is doing.</summary>
public enum NymClientConnectionState
{
    /// <summary>A handshake is under way.</summary>
    Connecting,

    /// <summary>Requests go out.</summary>
    Connected,

    /// <summary>The last try or connection failed; the next try comes after a pause.</summary>
    WaitingToReconnect,

    /// <summary>Its owner disposed of it.</summary>
    Closed,
}
