using System.Globalization;

namespace NymDirectory.Load.Measuring;

/// <summary>CPU time and memory of a process at one moment, as the operating system counts them.</summary>
/// <param name="User">In the program.</param>
/// <param name="Kernel">In the kernel on its behalf.</param>
/// <param name="Compiling">What of both went into compiling: as long as it does, the program is not warm.</param>
/// <param name="MemoryMegabytes">Resident now.</param>
/// <param name="PeakMegabytes">Resident at most, since its start.</param>
internal sealed record ProcessSample(TimeSpan User, TimeSpan Kernel, TimeSpan Compiling, double MemoryMegabytes, double PeakMegabytes)
{
    // USER_HZ, which Linux fixes for what it shows to programs.
    private const double TicksPerSecond = 100;

    // Fields of /proc/PID/stat after the name: state is the first.
    private const int UserField = 11;
    private const int SystemField = 12;

    // The thread of tiered compilation, as far as the kernel keeps names.
    private const string Compiler = "(.NET Tiered Com)";

    public static ProcessSample Of(int processId)
    {
        var (user, system) = Ticks(File.ReadAllText($"/proc/{processId}/stat"));
        var status = File.ReadLines($"/proc/{processId}/status").ToList();
        return new ProcessSample(user, system, CompilingIn(processId), Megabytes(status, "VmRSS:"), Megabytes(status, "VmHWM:"));
    }

    private static TimeSpan CompilingIn(int processId)
    {
        var time = TimeSpan.Zero;
        foreach (var thread in Directory.EnumerateDirectories($"/proc/{processId}/task"))
        {
            try
            {
                var stat = File.ReadAllText(Path.Combine(thread, "stat"));
                time += stat.Contains(Compiler, StringComparison.Ordinal) ? Ticks(stat).User + Ticks(stat).System : TimeSpan.Zero;
            }
            catch (IOException)
            {
                // It ended meanwhile.
            }
        }

        return time;
    }

    private static (TimeSpan User, TimeSpan System) Ticks(string stat)
    {
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (Time(fields[UserField]), Time(fields[SystemField]));
    }

    private static TimeSpan Time(string field) => TimeSpan.FromSeconds(long.Parse(field, CultureInfo.InvariantCulture) / TicksPerSecond);

    private static double Megabytes(List<string> status, string name) =>
        status.Find(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6
            : 0;
}
