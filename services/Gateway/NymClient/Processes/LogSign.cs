namespace NymDirectory.Gateway.NymClient.Processes;

/// <summary>What a line of nym-client's log means to us.</summary>
internal enum LogSign
{
    /// <summary>Nothing: it is counted by its level.</summary>
    None,

    /// <summary>Its websocket listens, or does so in a moment.</summary>
    SocketOpen,

    /// <summary>SIGINT was understood, the SURB store is being written.</summary>
    Flushing,

    /// <summary>The SURB store is on disk.</summary>
    Flushed,

    /// <summary>The SURB store could not be written.</summary>
    FlushFailed,

    /// <summary>It begins with an empty SURB store: whatever it knew is gone.</summary>
    StoreLost,

    /// <summary>Another program has its port.</summary>
    PortInUse,

    /// <summary>It gave up sending and leaves.</summary>
    SendsFailed,

    /// <summary>It panicked.</summary>
    Panicked,

    /// <summary>Another connection was refused because one is open.</summary>
    SecondConnection,
}
