namespace NymDirectory.DirectoryService.Gateways;

/// <summary>How long a gateway id belongs to one process.</summary>
internal static class GatewayLease
{
    /// <summary>Gateways renew every 5 s: two may be lost.</summary>
    public const uint Milliseconds = 15_000;
}
