using Grpc.Core;

namespace NymDirectory.Relay.Delivery;

internal static partial class DeliveryLog
{
    [LoggerMessage(1, LogLevel.Warning, "A gateway did not take {Count} deliveries ({Status}); they are due again when their leases end")]
    public static partial void GatewayFailed(this ILogger logger, StatusCode status, int count);

    [LoggerMessage(2, LogLevel.Warning, "The Directory cannot be asked for due deliveries ({Status}); next try in {Delay}")]
    public static partial void LeaseFailed(this ILogger logger, StatusCode status, TimeSpan delay);

    [LoggerMessage(3, LogLevel.Information, "The Directory answers")]
    public static partial void DirectoryAnswers(this ILogger logger);

    [LoggerMessage(4, LogLevel.Information, "Stopping with {Count} deliveries held: they go out first")]
    public static partial void Draining(this ILogger logger, int count);

    // The exception itself is not passed on: loggers print its message, which may hold what it failed on.
    [LoggerMessage(5, LogLevel.Error, "A delivery failed with {ExceptionType}:\n{StackTrace}")]
    public static partial void DeliveryFailed(this ILogger logger, string exceptionType, string? stackTrace);
}
