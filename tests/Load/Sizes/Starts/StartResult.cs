namespace NymDirectory.Load.Sizes.Starts;

/// <summary>How long starts of a service took, from the process to its being ready, in milliseconds.</summary>
/// <param name="Users">Users of the node.</param>
/// <param name="Waiting">Messages that wait in it.</param>
/// <param name="Service">Which service, and what was special.</param>
/// <param name="Milliseconds">Each start.</param>
internal sealed record StartResult(int Users, int Waiting, string Service, IReadOnlyList<double> Milliseconds)
{
    public double Median => Milliseconds.Order().ElementAt(Milliseconds.Count / 2);
}
