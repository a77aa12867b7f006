namespace NymDirectory.Gateway.NymClient.Processes;

/// <summary>Why nym-client is not there (any more).</summary>
internal enum ProcessEnd
{
    /// <summary>We stopped it.</summary>
    Stopped,

    /// <summary>We stopped it to start it again, as planned.</summary>
    Planned,

    /// <summary>It ended with an error or by a signal, when it had been up.</summary>
    Crashed,

    /// <summary>It ended with an error before its socket was open.</summary>
    StartFailed,

    /// <summary>It left by itself, cleanly, as it does after 20 failed sends in a row.</summary>
    Left,

    /// <summary>Another program has its port.</summary>
    PortInUse,

    /// <summary>Its keys could not be created.</summary>
    InitFailed,

    /// <summary>The program could not be executed.</summary>
    NotExecuted,

    /// <summary>It was left over by an earlier Gateway and accepted no connection, so it was stopped.</summary>
    NotAdoptable,

    /// <summary>It was left over by an earlier Gateway and ended: nobody tells us how.</summary>
    Unknown,
}
