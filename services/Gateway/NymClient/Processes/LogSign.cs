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

    /// <summary>It forces its own end: some of its tasks did not stop in 10 s, or a second SIGINT came.</summary>
    Forced,

    /// <summary>It begins with an empty SURB store: whatever it knew is gone.</summary>
    StoreLost,

    /// <summary>It could not mark its SURB store as in use, so that nothing will be saved at its stop.</summary>
    StoreUnusable,

    /// <summary>It has no SURBs of a tag that it was to reply to, and dropped the reply.</summary>
    NoReplyBlocks,

    /// <summary>Another program has its port.</summary>
    PortInUse,

    /// <summary>It gave up sending and leaves.</summary>
    SendsFailed,

    /// <summary>It panicked.</summary>
    Panicked,

    /// <summary>A part of it is broken for good, though it runs on: requests are no longer answered, or messages no longer come.</summary>
    Broken,

    /// <summary>It cannot start: the network or its Nym gateway is not there, or does not accept it.</summary>
    NoNetwork,

    /// <summary>It cannot start: its configuration is not readable.</summary>
    ConfigurationRefused,

    /// <summary>Its Nym gateway gives it no more bandwidth.</summary>
    OutOfBandwidth,

    /// <summary>Another connection was refused because one is open.</summary>
    SecondConnection,
}
