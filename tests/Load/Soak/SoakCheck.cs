namespace NymDirectory.Load.Soak;

/// <summary>Something that must hold at the end.</summary>
/// <param name="Name">What.</param>
/// <param name="Holds">Whether it does; null: cannot be judged in this run.</param>
/// <param name="Seen">The numbers.</param>
internal sealed record SoakCheck(string Name, bool? Holds, string Seen);
