namespace NymDirectory.Gateway.Keys;

/// <summary>The node's key cannot be had. The message is one line for the operator and holds nothing secret.</summary>
internal sealed class NodeKeyException(string message) : Exception(message);
