using Microsoft.Extensions.Logging;
using NymDirectory.Localnet.Hub;

namespace NymDirectory.Localnet.Client;

/// <summary>Log lines of the connection to the hub.</summary>
internal static partial class HubLinkLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Joined the Localnet hub at {Hub}")]
    public static partial void Joined(ILogger logger, HubEndpoint hub);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "There is no Localnet hub at {Hub} yet; waiting for it, as nym-client waits for its gateway")]
    public static partial void Waiting(ILogger logger, HubEndpoint hub);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lost the Localnet hub at {Hub}; messages wait until it is back")]
    public static partial void Lost(ILogger logger, HubEndpoint hub);

    [LoggerMessage(Level = LogLevel.Debug, Message = "As the hub was told, the mixnet side is silent for {Duration} from now on")]
    public static partial void Silent(ILogger logger, TimeSpan duration);
}
