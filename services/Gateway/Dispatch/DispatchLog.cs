using Grpc.Core;
using NymDirectory.Gateway.Protocol;

namespace NymDirectory.Gateway.Dispatch;

/// <summary>Log messages about requests. Exceptions are told by type and place: their texts may hold what a client wrote.</summary>
internal static partial class DispatchLog
{
    [LoggerMessage(1200, LogLevel.Warning, "A {Action} could not be served: the service behind it answered {Status}")]
    public static partial void BackEndAway(this ILogger logger, ClientAction action, StatusCode status);

    [LoggerMessage(1201, LogLevel.Error, "A {Action} could not be served: the service behind it refused the call with {Status}")]
    public static partial void BackEndRefused(this ILogger logger, ClientAction action, StatusCode status);

    [LoggerMessage(1202, LogLevel.Error, "A {Action} failed with {ExceptionType}:\n{StackTrace}")]
    public static partial void RequestFailed(this ILogger logger, ClientAction action, string exceptionType, string? stackTrace);

    [LoggerMessage(1203, LogLevel.Error, "Handling a message failed with {ExceptionType}:\n{StackTrace}")]
    public static partial void HandlingFailed(this ILogger logger, string exceptionType, string? stackTrace);

    [LoggerMessage(1204, LogLevel.Warning, "The Directory was not told of a completed login: waiting messages come a little later")]
    public static partial void ResumeFailed(this ILogger logger);

    [LoggerMessage(1205, LogLevel.Warning, "Stopped with {Count} requests under way: not all of them were answered")]
    public static partial void StoppedUnfinished(this ILogger logger, int count);
}
