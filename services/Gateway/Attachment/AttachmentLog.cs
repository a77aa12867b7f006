using Grpc.Core;

namespace NymDirectory.Gateway.Attachment;

/// <summary>Log messages about the lease on the gateway id.</summary>
internal static partial class AttachmentLog
{
    [LoggerMessage(1300, LogLevel.Information, "Attached to the Directory")]
    public static partial void Attached(this ILogger logger);

    [LoggerMessage(1301, LogLevel.Warning,
        "Another Gateway holds this gateway id: waiting until it is free. Two Gateways of one node need different values of Gateway__Id")]
    public static partial void HeldByAnother(this ILogger logger);

    [LoggerMessage(1302, LogLevel.Warning, "The Directory does not answer ({Status}): trying again until it does")]
    public static partial void DirectoryAway(this ILogger logger, StatusCode status);

    [LoggerMessage(1303, LogLevel.Warning, "The lease on the gateway id could not be given back: it ends by itself within seconds")]
    public static partial void NotDetached(this ILogger logger);
}
