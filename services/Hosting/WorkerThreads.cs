namespace NymDirectory.Hosting;

/// <summary>
/// How many threads a service's pool works with: half of the machine's cores, since the three services, nym-client and the thread that commits share it. One that
/// is not needed is not free. A message comes as a handful of short pieces of work, each of which wakes a worker; with a second one allowed, the first wakes it, too, to
/// find nothing left to do, and at half of what the node can do that was a fifth of all its CPU (docs/benchmarks.md).
/// </summary>
/// <remarks>
/// What is stuck for half a second gets a worker more, from the runtime itself. For a Relay that has a machine with many cores to itself, an operator says more with
/// <c>DOTNET_ThreadPool_ForceMinWorkerThreads</c> (hexadecimal), which comes first.
/// </remarks>
public static class WorkerThreads
{
    private const string Workers = "System.Threading.ThreadPool.MinThreads";
    private const string NoHillClimbing = "System.Threading.ThreadPool.HillClimbing.Disable";

    /// <summary>How many work at a time, as long as none is stuck: in a service half of the cores, elsewhere all of them.</summary>
    public static int Count
    {
        get
        {
            ThreadPool.GetMinThreads(out var workers, out _);
            return workers;
        }
    }

    /// <summary>Must come before anything in the process uses the pool, which asks for these once. Hill climbing would try with more of them all the time.</summary>
    internal static void Limit()
    {
        AppContext.SetData(Workers, Math.Max(1, Environment.ProcessorCount / 2));
        AppContext.SetSwitch(NoHillClimbing, true);
    }
}
