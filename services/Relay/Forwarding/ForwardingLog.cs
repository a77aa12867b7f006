using Grpc.Core;

namespace NymDirectory.Relay.Forwarding;

internal static partial class ForwardingLog
{
    [LoggerMessage(1, LogLevel.Warning, "The Directory did not answer ({Status}); a list of messages stays undecided and may be repeated")]
    public static partial void DirectoryUnavailable(this ILogger logger, StatusCode status);

    [LoggerMessage(2, LogLevel.Error, "The Directory refuses a call as broken or fails at it ({Status})")]
    public static partial void DirectoryRefuses(this ILogger logger, StatusCode status);
}
