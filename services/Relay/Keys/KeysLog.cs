namespace NymDirectory.Relay.Keys;

internal static partial class KeysLog
{
    [LoggerMessage(1, LogLevel.Error, "The Directory told of a key that is not a P-256 key; its owner cannot send")]
    public static partial void UnusableKey(this ILogger logger);
}
