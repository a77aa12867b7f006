using System.ComponentModel.DataAnnotations;

namespace NymDirectory.Relay.Delivery;

/// <summary>How much is delivered at once, section <c>Delivery</c>.</summary>
internal sealed record DeliveryOptions
{
    /// <summary>Where it is in the configuration.</summary>
    public const string Section = "Delivery";

    /// <summary>How many deliveries are held at most; those that come with an acceptance beyond it are left to their leases' end.</summary>
    [Range(1, 1_000_000)]
    public int MaxInFlight { get; init; } = 4096;

    /// <summary>How many bytes of messages are held at most.</summary>
    [Range(1024, int.MaxValue)]
    public int MaxInFlightBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>How many of them for one gateway, so that one that hangs leaves room for the others.</summary>
    [Range(1, 1_000_000)]
    public int MaxInFlightPerGateway { get; init; } = 2048;

    /// <summary>How many gateways are known at once, each with a connection; the one longest without work makes room.</summary>
    [Range(1, 10_000)]
    public int MaxGateways { get; init; } = 64;

    /// <summary>How many due deliveries are asked for at once.</summary>
    [Range(1, 256)]
    public int LeaseAtOnce { get; init; } = 256;

    /// <summary>How long the Directory may hold the question for due deliveries.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan LeaseWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How old a lease may be when its delivery is sent. A lease lasts 30 s and a call to a gateway, retries included, 10 s: what is sent
    /// later could still be under way when another Relay holds the next lease.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:20")]
    public TimeSpan MaxLeaseAge { get; init; } = TimeSpan.FromSeconds(15);
}
