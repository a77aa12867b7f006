namespace NymDirectory.Localnet.Hub;

/// <summary>What a frame between the hub and a client, or <c>faults</c>, holds.</summary>
internal enum FrameKind : byte
{
    /// <summary>First of a client: its address, then its id as UTF-8.</summary>
    Join = 1,

    /// <summary>From a client: recipient, number of packets (i32), payload.</summary>
    Send = 2,

    /// <summary>From <c>faults</c>: a command as JSON.</summary>
    Command = 3,

    /// <summary>To a client: 1 if it is a copy (u8), payload.</summary>
    Deliver = 16,

    /// <summary>To a client: how to behave, as JSON. The first of these also says that it has joined.</summary>
    Behave = 17,

    /// <summary>To <c>faults</c>: a report as JSON.</summary>
    Report = 18,
}
