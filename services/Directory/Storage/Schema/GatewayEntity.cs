namespace NymDirectory.DirectoryService.Storage.Schema;

/// <summary>A gateway that was attached once: who holds its id, where it answers, in which run it is.</summary>
internal sealed class GatewayEntity
{
    public required string Id { get; set; }

    public required string Endpoint { get; set; }

    /// <summary>The present run of its nym-client; absent while none is known.</summary>
    public byte[]? RunId { get; set; }

    /// <summary>The instance that holds the lease; absent after a detach.</summary>
    public byte[]? Holder { get; set; }

    /// <summary>Unix milliseconds.</summary>
    public long LeaseUntil { get; set; }
}
