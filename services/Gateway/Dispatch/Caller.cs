using System.Security.Cryptography;
using Google.Protobuf;
using NymDirectory.Contracts.V1;
using Route = NymDirectory.Contracts.V1.Route;

namespace NymDirectory.Gateway.Dispatch;

/// <summary>Who asks, as the services behind the Gateway see it.</summary>
/// <param name="Route">Where the answer goes.</param>
/// <param name="Traceparent">The request's span, or empty.</param>
internal sealed record Caller(Route Route, string Traceparent)
{
    private const int RequestIdBytes = 16;

    /// <summary>The context of a new operation: its id is the same in each retry.</summary>
    public ItemContext NewContext() => new()
    {
        Traceparent = Traceparent,
        RequestId = UnsafeByteOperations.UnsafeWrap(RandomNumberGenerator.GetBytes(RequestIdBytes)),
    };

    /// <summary>Says what it is and nothing else.</summary>
    public override string ToString() => nameof(Caller);
}
