using System.Globalization;

namespace NymDirectory.Load.Measuring;

/// <summary>How busy the whole machine is: a figure that was measured beside other work is worth less.</summary>
internal sealed record MachineSample(TimeSpan Busy, double LoadAverage)
{
    private const double TicksPerSecond = 100;

    // "cpu user nice system idle iowait irq softirq steal …"
    private const int Idle = 3;
    private const int Waiting = 4;
    private const int Counted = 8;

    public static MachineSample Now()
    {
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..(Counted + 1)]
            .Select(field => long.Parse(field, CultureInfo.InvariantCulture)).ToList();
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        return new MachineSample(
            TimeSpan.FromSeconds((ticks.Sum() - ticks[Idle] - ticks[Waiting]) / TicksPerSecond), double.Parse(load, CultureInfo.InvariantCulture));
    }
}
