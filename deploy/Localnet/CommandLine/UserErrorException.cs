namespace NymDirectory.Localnet.CommandLine;

/// <summary>Something the caller can put right: its message is shown as one line and the program ends with exit code 1.</summary>
internal sealed class UserErrorException(string message) : Exception(message);
