using NymDirectory.Load.Measuring;

namespace NymDirectory.Load.Tests.Measuring;

public sealed class ProcessSampleTests
{
    [Fact]
    public void Of_ThisProcessAtWork_ItsTimeGrowsAndItsMemoryIsThere()
    {
        var (before, machine) = (ProcessSample.Of(Environment.ProcessId), MachineSample.Now());
        var start = Environment.CpuUsage;
        while (Environment.CpuUsage.TotalTime - start.TotalTime < TimeSpan.FromMilliseconds(300))
        {
            Thread.SpinWait(1_000);
        }

        var after = ProcessSample.Of(Environment.ProcessId);
        var byTheRuntime = Environment.CpuUsage.TotalTime - start.TotalTime;

        // Both are counted in hundredths of a second; other tests of this process may work between the two looks.
        var seen = after.User + after.Kernel - before.User - before.Kernel;
        Assert.InRange(seen, TimeSpan.FromMilliseconds(260), byTheRuntime + TimeSpan.FromSeconds(2));
        Assert.True(MachineSample.Now().Busy - machine.Busy >= TimeSpan.FromMilliseconds(200));
        Assert.InRange(after.MemoryMegabytes, 10, after.PeakMegabytes);
        Assert.True(after.Compiling <= after.User + after.Kernel);
    }
}
