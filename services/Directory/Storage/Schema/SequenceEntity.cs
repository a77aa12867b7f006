namespace NymDirectory.DirectoryService.Storage.Schema;

/// <summary>The next number of one sender to one recipient. The pair is keyed-hashed: the file must not list who writes to whom.</summary>
internal sealed class SequenceEntity
{
    /// <summary>First 16 bytes of HMAC-SHA256 over both account ids.</summary>
    public required byte[] Pair { get; set; }

    public long Next { get; set; }

    /// <summary>The day of the last message, since 1970-01-01 UTC: what was not used for long is forgotten.</summary>
    public int Day { get; set; }
}
