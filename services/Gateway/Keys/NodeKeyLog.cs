namespace NymDirectory.Gateway.Keys;

/// <summary>Log messages about the node's key.</summary>
internal static partial class NodeKeyLog
{
    [LoggerMessage(1100, LogLevel.Information, "Made the node's key: clients will know this node by it, keep a copy of its file")]
    public static partial void KeyMade(this ILogger logger);

    [LoggerMessage(1101, LogLevel.Warning, "The node's key is kept unsealed: set Gateway__KeyPassphraseFile to seal a new one")]
    public static partial void KeyUnsealed(this ILogger logger);

    [LoggerMessage(1102, LogLevel.Warning,
        "The node's key is kept unsealed although a passphrase is given: seal it (openssl pkcs8 -topk8) or let a new one be made")]
    public static partial void PassphraseUnused(this ILogger logger);
}
