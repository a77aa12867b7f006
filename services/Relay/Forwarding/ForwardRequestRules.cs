using System.Buffers;
using NymDirectory.Contracts.V1;
using NymDirectory.Hosting.Errors;

namespace NymDirectory.Relay.Forwarding;

/// <summary>What the contract asks of a request. Its callers are services: what breaks it is a fault of ours, not of a client.</summary>
internal static class ForwardRequestRules
{
    private const int MaxItems = 32;
    private const int IdBytes = 16;
    private const int MaxGatewayId = 64;

    // What the Directory refuses, it refuses for the whole list, and that may carry messages of several calls.
    private static readonly SearchValues<char> GatewayIdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

    /// <summary>Throws INVALID_ARGUMENT when the request is not as <c>relay.proto</c> says.</summary>
    public static void Check(ForwardRequest request)
    {
        if (request.Items.Count is 0 or > MaxItems || !request.Items.All(IsAsAgreed))
        {
            throw ServiceFailure.BrokenContract();
        }
    }

    private static bool IsAsAgreed(ForwardItem item) =>
        item.Content.Length <= MessageReader.MaxContentBytes
        && item.Context?.RequestId.Length == IdBytes
        && item.Arrival is { GatewayId.Length: > 0 and <= MaxGatewayId, RunId.Length: IdBytes, SealedTag.Length: IdBytes }
        && !item.Arrival.GatewayId.AsSpan().ContainsAnyExcept(GatewayIdCharacters);
}
