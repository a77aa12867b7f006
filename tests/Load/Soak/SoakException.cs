namespace NymDirectory.Load.Soak;

/// <summary>Something that ends a soak before its end: what it found is in the message.</summary>
internal sealed class SoakException(string message) : Exception(message);
