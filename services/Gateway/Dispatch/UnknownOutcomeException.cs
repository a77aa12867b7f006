namespace NymDirectory.Gateway.Dispatch;

/// <summary>A service answered with an outcome that this build does not know: versions do not fit.</summary>
internal sealed class UnknownOutcomeException() : Exception("A service answered with an unknown outcome.");
