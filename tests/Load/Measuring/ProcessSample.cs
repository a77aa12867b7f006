using System.Globalization;

namespace NymDirectory.Load.Measuring;

/// <summary>CPU time and memory of a process at one moment, as the operating system counts them.</summary>
internal sealed record ProcessSample(TimeSpan User, TimeSpan System, double MemoryMegabytes, double PeakMegabytes)
{
    // USER_HZ, which Linux fixes for what it shows to programs.
    private const double TicksPerSecond = 100;

    // Fields of /proc/PID/stat after the name: state is the first.
    private const int UserField = 11;
    private const int SystemField = 12;

    public static ProcessSample Of(int processId)
    {
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var status = File.ReadLines($"/proc/{processId}/status").ToList();
        return new ProcessSample(Ticks(fields[UserField]), Ticks(fields[SystemField]), Megabytes(status, "VmRSS:"), Megabytes(status, "VmHWM:"));
    }

    private static TimeSpan Ticks(string field) => TimeSpan.FromSeconds(long.Parse(field, CultureInfo.InvariantCulture) / TicksPerSecond);

    private static double Megabytes(List<string> status, string name) =>
        status.Find(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6
            : 0;
}
