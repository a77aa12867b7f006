namespace NymDirectory.Load;

/// <summary>How much load, and for how long.</summary>
internal sealed record LoadSettings(int Users, int InFlight, TimeSpan Duration, int Relays);
