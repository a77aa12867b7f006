namespace NymDirectory.Load.Workloads;

/// <summary>How much cryptography an operation needs in any case.</summary>
internal readonly record struct FloorShare(int Checks, int Signatures);
