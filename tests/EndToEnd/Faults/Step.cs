namespace NymDirectory.EndToEnd.Faults;

/// <summary>A hand-over in the course of a <c>send</c> at which a message can be caught: it has left the one side and not reached the other.</summary>
internal enum Step
{
    /// <summary>From nym-client to the Gateway.</summary>
    ToGateway,

    /// <summary>From the Gateway to the Relay.</summary>
    ToRelay,

    /// <summary>From the Relay to the Directory.</summary>
    ToDirectory,

    /// <summary>It is on disk, and the Relay does not know that yet.</summary>
    FromDirectory,

    /// <summary>The Gateway does not know yet, and has not been given the delivery.</summary>
    FromRelay,

    /// <summary>Answer and delivery are on their way from the Gateway to nym-client, which has taken neither.</summary>
    ToNymClient,

    /// <summary>nym-client has taken both; the Directory does not know yet.</summary>
    Taken,

    /// <summary>The recipient has it and has acknowledged it; the Directory does not know yet.</summary>
    Acknowledged,
}
