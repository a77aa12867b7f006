namespace NymDirectory.Load.Measuring;

/// <summary>What a program used over the measurement, and its memory at the end.</summary>
internal sealed record ProcessCost(string Name, TimeSpan User, TimeSpan System, double MemoryMegabytes, double PeakMegabytes)
{
    public TimeSpan Cpu => User + System;

    public static ProcessCost Between(string name, ProcessSample before, ProcessSample after) =>
        new(name, after.User - before.User, after.System - before.System, after.MemoryMegabytes, after.PeakMegabytes);
}
