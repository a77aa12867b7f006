using System.Security.Cryptography;
using Google.Protobuf;
using NymDirectory.Contracts.V1;
using Route = NymDirectory.Contracts.V1.Route;

namespace NymDirectory.Gateway.Dispatch;

/// <summary>Who asks, in one request, as the services behind the Gateway see it.</summary>
/// <param name="route">Where the answer goes.</param>
/// <param name="traceparent">The request's span, or empty.</param>
internal sealed class Caller(Route route, string traceparent)
{
    private const int RequestIdBytes = 16;

    private ItemContext? _context;

    /// <summary>Where the answer goes.</summary>
    public Route Route { get; } = route;

    /// <summary>The request's span, or empty.</summary>
    public string Traceparent { get; } = traceparent;

    /// <summary>
    /// The context of the one operation that the request asks for. Its id stays the same however often it is tried: so whoever did it, and could not say so,
    /// gives the same outcome again.
    /// </summary>
    public ItemContext Context => _context ??= new ItemContext
    {
        Traceparent = Traceparent,
        RequestId = UnsafeByteOperations.UnsafeWrap(RandomNumberGenerator.GetBytes(RequestIdBytes)),
    };

    /// <summary>Says what it is and nothing else.</summary>
    public override string ToString() => nameof(Caller);
}
