using Grpc.Core;
using NymDirectory.Contracts.V1;
using NymDirectory.Gateway.Protocol;

namespace NymDirectory.Gateway.Dispatch;

/// <summary>Passes acknowledgements on. Clients are not answered: whatever was not acknowledged comes again, and so does their word.</summary>
internal sealed class AckRequests(AckLists directory, ILogger<AckRequests> logger)
{
    /// <summary>The label of one that nobody could be told of.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>Passes one on; the result is its label in metrics and spans.</summary>
    /// <exception cref="OperationCanceledException">The Gateway stops.</exception>
    public async Task<string> AcknowledgeAsync(AckAsked asked, Caller caller, CancellationToken cancellationToken)
    {
        var item = new AcknowledgeItem { Traceparent = caller.Traceparent, Route = caller.Route, MessageIds = { asked.Ids } };
        try
        {
            var outcome = await directory.SendAsync(item, cancellationToken);
            return Label((int)outcome.Acknowledged, asked);
        }
        catch (RpcException e)
        {
            logger.BackEndAway(asked.Action, e.StatusCode);
            return Unavailable;
        }
    }

    private static string Label(int acknowledged, AckAsked asked) => acknowledged switch
    {
        0 => "unknown",
        var all when all == asked.Ids.Count && asked.Unusable == 0 => "acknowledged",
        _ => "partly_acknowledged",
    };
}
