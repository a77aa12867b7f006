namespace NymDirectory.Load.Measuring;

/// <summary>What a program used over the measurement, and its memory at the end.</summary>
internal sealed record ProcessCost(string Name, TimeSpan User, TimeSpan Kernel, TimeSpan Compiling, double MemoryMegabytes, double PeakMegabytes)
{
    public TimeSpan Cpu => User + Kernel;

    public static ProcessCost Between(string name, ProcessSample before, ProcessSample after) =>
        new(name,
            after.User - before.User,
            after.Kernel - before.Kernel,
            Positive(after.Compiling - before.Compiling),
            after.MemoryMegabytes,
            after.PeakMegabytes);

    // Its thread ends when there is nothing to do for a while, and its time is then seen no longer.
    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
