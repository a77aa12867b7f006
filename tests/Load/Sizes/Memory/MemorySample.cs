using System.Globalization;
using NymDirectory.Load.Node;

namespace NymDirectory.Load.Sizes.Memory;

/// <summary>What a service keeps resident, in MB (10^6 bytes).</summary>
/// <param name="Service">Which service.</param>
/// <param name="Resident">All of it.</param>
/// <param name="Peak">The most that it ever was.</param>
/// <param name="Own">Heaps and stacks.</param>
/// <param name="Code">What was compiled at run time (a double mapping: write or execute, never both).</param>
/// <param name="Files">Pages of programs and libraries; those of the framework are shared by all services of a machine, and counted in each.</param>
internal sealed record MemorySample(string Service, double Resident, double Peak, double Own, double Code, double Files)
{
    public static IReadOnlyList<MemorySample> Of(NodeUnderLoad node) =>
        [.. node.Processes().Where(process => NodeUnderLoad.IsService(process.Name)).Select(process => Of(process.Name, process.Id))];

    private static MemorySample Of(string service, int processId)
    {
        var status = File.ReadLines($"/proc/{processId}/status").Select(line => line.Split([':', '\t', ' '], StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length == 3).ToDictionary(fields => fields[0], fields => fields[1]);
        return new MemorySample(
            service, Megabytes(status["VmRSS"]), Megabytes(status["VmHWM"]), Megabytes(status["RssAnon"]), Megabytes(status["RssShmem"]), Megabytes(status["RssFile"]));
    }

    private static double Megabytes(string kibibytes) => double.Parse(kibibytes, CultureInfo.InvariantCulture) * 1024 / 1e6;
}
