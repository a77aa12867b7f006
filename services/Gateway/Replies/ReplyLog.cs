namespace NymDirectory.Gateway.Replies;

/// <summary>Log messages about deliveries. Exceptions are told by type and place: their texts may hold what they failed on.</summary>
internal static partial class ReplyLog
{
    [LoggerMessage(1400, LogLevel.Warning, "The Directory did not take {Count} reports of fates: their leases end by themselves")]
    public static partial void FatesNotTold(this ILogger logger, int count);

    [LoggerMessage(1401, LogLevel.Error, "A Relay's answer holds a delivery that breaks the contract; it is due again when its lease ends")]
    public static partial void DeliveryBroken(this ILogger logger);

    [LoggerMessage(1402, LogLevel.Error, "A delivery failed with {ExceptionType}:\n{StackTrace}")]
    public static partial void DeliveryFailed(this ILogger logger, string exceptionType, string? stackTrace);
}
