using Microsoft.Extensions.Logging;

namespace NymDirectory.Client.Telemetry;

/// <summary>All that a client logs: never a name, a key, an address or content.</summary>
internal static partial class ClientLog
{
    [LoggerMessage(1, LogLevel.Debug, "Something that arrived was dropped: {Reason}.")]
    public static partial void Dropped(ILogger logger, DropReason reason);

    [LoggerMessage(2, LogLevel.Information, "The node did not answer attempt {Attempt} of {Action}.")]
    public static partial void NoAnswer(ILogger logger, int attempt, string action);

    [LoggerMessage(3, LogLevel.Information, "The node's key was pinned at first contact.")]
    public static partial void NodeKeyPinned(ILogger logger);

    [LoggerMessage(4, LogLevel.Information, "A direct address stayed silent; {Messages} messages go through the node.")]
    public static partial void DirectSilent(ILogger logger, int messages);

    [LoggerMessage(5, LogLevel.Warning, "A request could not be handed to the mixnet.")]
    public static partial void NotHandedOver(ILogger logger);

    [LoggerMessage(6, LogLevel.Warning, "Somebody claimed another public key than the one that is known.")]
    public static partial void KeyConflict(ILogger logger);

    [LoggerMessage(7, LogLevel.Information, "The mixnet connection has ended; nothing is received any more.")]
    public static partial void TransportEnded(ILogger logger);

    [LoggerMessage(8, LogLevel.Error, "Receiving ended by a fault: {Fault}.")]
    public static partial void ReceivingFailed(ILogger logger, string fault);

    [LoggerMessage(9, LogLevel.Error, "A message could not be handled: {Fault}.")]
    public static partial void MessageFailed(ILogger logger, string fault);

    [LoggerMessage(10, LogLevel.Error, "What was handed over could not be remembered, so it is not acknowledged yet: {Fault}.")]
    public static partial void NotRemembered(ILogger logger, string fault);
}
