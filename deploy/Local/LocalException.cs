namespace NymDirectory.Local;

/// <summary>The node cannot be started or went down; the message is one line for the person at the terminal.</summary>
internal sealed class LocalException(string message) : Exception(message);
