using System.ComponentModel.DataAnnotations;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>How the database is written (section <c>Storage</c>); where it is says <c>ConnectionStrings__Directory</c>.</summary>
internal sealed record StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Items that may wait to be written; beyond that callers are told to come back. Default 8,192.</summary>
    [Range(64, 1_000_000)]
    public int QueueCapacity { get; init; } = 8_192;

    /// <summary>Items for which a commit waits no longer, even when nobody waits for them. Default 32.</summary>
    [Range(1, 1_024)]
    public int ItemsPerCommit { get; init; } = 32;

    /// <summary>How long what nobody waits for waits for a commit that it can share, in milliseconds; default 5. Everything else is committed at once.</summary>
    [Range(0, 100)]
    public int LingerMilliseconds { get; init; } = 5;

    /// <summary>How long a start waits for a predecessor to let go of the database, in seconds; default 15.</summary>
    [Range(0, 600)]
    public int LockTimeoutSeconds { get; init; } = 15;
}
