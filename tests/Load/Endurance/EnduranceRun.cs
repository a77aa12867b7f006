using System.Globalization;
using NymDirectory.Load.Measuring;
using NymDirectory.Load.Node;
using NymDirectory.Load.Workloads;

namespace NymDirectory.Load.Endurance;

/// <summary>A long run on one node.</summary>
internal static class EnduranceRun
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Runs it, telling each minute; true if nothing was lost and no service's memory grew.</summary>
    public static async Task<bool> RunAsync(LoadSettings settings, int minutes, CancellationToken cancellationToken)
    {
        await using var node = await NodeUnderLoad.StartAsync(settings.Node, cancellationToken);
        node.Populate(settings.Users);
        // Signed as they leave, so that the traffic never pauses: at such a rate the generator has the time.
        var traffic = new Traffic(new SendWorkload(node.Crowd, node.Hub, settings.Characters), node.Crowd, node.Hub, settings.Pace);
        Say($"endurance  {settings.Pace.PerSecond:0}/s for {minutes} min, {settings.Users} users, {settings.Node.Relays} Relays; resident MB (* not a service)");
        var memory = node.Processes().ToDictionary(process => process.Name, process => new MemorySeries(process.Name, minutes));
        for (var minute = 1; minute <= minutes; minute++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = traffic.Counts.Completed.Count;
            traffic.Run(Minute);
            var latency = traffic.Counts.Completed.Between(before, traffic.Counts.Completed.Count);
            var seen = node.Processes().Select(process => (process.Name, ProcessSample.Of(process.Id).MemoryMegabytes)).ToList();
            seen.ForEach(sample => memory[sample.Name].Add(sample.MemoryMegabytes));
            Say($"{minute,4} min   {(traffic.Counts.Completed.Count - before) / Minute.TotalSeconds:0}/s, p99 {latency.P99:0.0} ms; {string.Join(", ", seen.Select(Format))}");
        }

        traffic.Drain();
        return Tell(traffic, memory.Values.Where(series => NodeUnderLoad.IsService(series.Name)));
    }

    private static bool Tell(Traffic traffic, IEnumerable<MemorySeries> services)
    {
        var (counts, missing) = (traffic.Counts, traffic.Begun - traffic.Counts.Ended);
        Say($"in all     {counts.Completed.Count} of {traffic.Begun} complete, refused {counts.Refused}, missing {missing}, repeated {counts.Repeated}");
        var flat = true;
        foreach (var service in services)
        {
            Say($"{service.Name,-10} {service}");
            flat &= service.IsFlat is not false;
        }

        return flat && missing == 0 && counts.Refused == 0;
    }

    private static string Format((string Name, double Megabytes) sample) => string.Create(
        CultureInfo.InvariantCulture, $"{sample.Name}{(NodeUnderLoad.IsService(sample.Name) ? "" : "*")} {sample.Megabytes:0.0}");

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
