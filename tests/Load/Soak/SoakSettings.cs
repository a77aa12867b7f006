namespace NymDirectory.Load.Soak;

/// <summary>How long, with how many, and which plan of faults.</summary>
/// <param name="Seed">Decides which faults come when: the same seed, duration and users, the same plan.</param>
/// <param name="Duration">How long there are traffic and faults.</param>
/// <param name="Users">Users who write to each other, and acknowledge.</param>
/// <param name="Programs">A folder of published programs; null: what the build made.</param>
internal sealed record SoakSettings(int Seed, TimeSpan Duration, int Users, string? Programs);
