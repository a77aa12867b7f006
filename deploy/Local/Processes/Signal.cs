namespace NymDirectory.Local.Processes;

/// <summary>The signals by which programs are asked to end; .NET can only send SIGKILL.</summary>
internal enum Signal
{
    /// <summary>What Ctrl+C sends; the only one at which nym-client saves its reply blocks.</summary>
    Interrupt = 2,

    /// <summary>Ends a process at once.</summary>
    Kill = 9,

    /// <summary>What a supervisor sends.</summary>
    Terminate = 15,

    /// <summary>Lets a stopped process go on.</summary>
    Continue = 18,

    /// <summary>Stops a process where it is.</summary>
    Stop = 19,
}
