using System.Diagnostics;
using NymDirectory.Local.Node;
using NymDirectory.Local.Processes;

namespace NymDirectory.Load;

/// <summary>CPU time (user and system) that a program used over the measurement, and its memory at the end.</summary>
internal sealed record ProcessCost(string Name, TimeSpan Cpu, double MemoryMegabytes, bool IsService)
{
    internal static IReadOnlyDictionary<NodeProcess, TimeSpan> Begin(LocalNode node) =>
        node.Running.ToDictionary(process => process, process => Read(process.Id).Cpu);

    internal static IReadOnlyList<ProcessCost> End(IReadOnlyDictionary<NodeProcess, TimeSpan> begin) =>
    [
        .. begin.Select(pair =>
        {
            var (cpu, memory) = Read(pair.Key.Id);
            return new ProcessCost(pair.Key.Name, cpu - pair.Value, memory, pair.Key.Name != "localnet");
        }),
    ];

    internal static (TimeSpan Cpu, double MemoryMegabytes) Read(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return (process.TotalProcessorTime, process.WorkingSet64 / 1e6);
    }
}
