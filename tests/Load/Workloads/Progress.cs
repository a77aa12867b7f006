namespace NymDirectory.Load.Workloads;

/// <summary>What an answer means.</summary>
/// <param name="Operation">For which operation.</param>
/// <param name="Step">How far it came.</param>
internal readonly record struct Progress(int Operation, Step Step)
{
    public static Progress None => new(-1, Step.Continues);
}
