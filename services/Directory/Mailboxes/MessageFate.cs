namespace NymDirectory.DirectoryService.Mailboxes;

/// <summary>What became of a delivery.</summary>
internal enum MessageFate
{
    /// <summary>nym-client has it.</summary>
    Taken,

    /// <summary>The run or the connection ended before nym-client answered.</summary>
    RunLost,

    /// <summary>nym-client answered with an error.</summary>
    Refused,

    /// <summary>nym-client had no reply blocks of that tag and got none: whoever it belongs to is away.</summary>
    Unsent,
}
