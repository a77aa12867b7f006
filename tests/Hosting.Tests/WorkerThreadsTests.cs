namespace NymDirectory.Hosting.Tests;

public sealed class WorkerThreadsTests
{
    private static readonly ServiceDescription Service = new("NymDirectory.Hosting.Tests", "http://localhost:5190", "http://localhost:5191");

    [Fact]
    public async Task RunAsync_AnyService_WorksWithHalfOfTheCoresAndLooksForNoMore()
    {
        Assert.Equal(1, await ServiceHost.RunAsync(Service, [], _ => throw new InvalidConfigurationException("Not to be started.")));

        // What the runtime reads when the pool is first used, which in a process of tests was long ago.
        Assert.Equal(Math.Max(1, Environment.ProcessorCount / 2), AppContext.GetData("System.Threading.ThreadPool.MinThreads"));
        Assert.True(AppContext.TryGetSwitch("System.Threading.ThreadPool.HillClimbing.Disable", out var disabled) && disabled);
    }

    [Fact]
    public void Count_WhereThePoolWasNotLimited_IsAllCores() => Assert.Equal(Environment.ProcessorCount, WorkerThreads.Count);
}
