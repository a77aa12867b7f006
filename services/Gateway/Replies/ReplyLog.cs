namespace NymDirectory.Gateway.Replies;

/// <summary>Log messages about deliveries.</summary>
internal static partial class ReplyLog
{
    [LoggerMessage(1400, LogLevel.Warning, "The Directory did not take {Count} reports of fates: their leases end by themselves")]
    public static partial void FatesNotTold(this ILogger logger, int count);
}
