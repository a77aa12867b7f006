using System.Runtime.CompilerServices;
using NymDirectory.Load.Sizes.Filling;
using NymDirectory.Load.Workloads;

namespace NymDirectory.Load.Sizes.Memory;

/// <summary>
/// The memory of a node at rest and under load: everybody who is there logs in, then all ask for somebody, then each writes to somebody, in turn, until
/// every one of them did and the time is over.
/// </summary>
internal static class MemoryRun
{
    private const int Characters = 16;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    public static async IAsyncEnumerable<MemoryResult> MeasureAsync(
        SizesSettings settings, int waiting, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var database = await FilledDatabases.GetAsync(settings.MemoryUsers, waiting, cancellationToken);
        await using var node = await FilledNode.StartAsync(settings.Node, database, cancellationToken);
        // Who is there gets what waits: a backlog is for others.
        var here = Math.Min(settings.Active, waiting == 0 ? database.WithKeys : WaitingMessages.FirstRecipient(database.Users));
        await Task.Delay(Rest, TimeProvider.System, cancellationToken);
        yield return Now("at rest");
        node.LogIn(here);
        yield return Now("all logged in");
        Drive(settings, node, new QueryWorkload(node.Load.Crowd, node.Load.Hub, node.AnyName), here / 2);
        yield return Now("look-ups");
        Drive(settings, node, new SendWorkload(node.Load.Crowd, node.Load.Hub, Characters), here);
        yield return Now("messages");

        MemoryResult Now(string moment) => new(database.Users, waiting, here, moment, settings.Node.Traces, MemorySample.Of(node.Load));
    }

    private static void Drive(SizesSettings settings, FilledNode node, Workload workload, int least)
    {
        // A part at a time, so that what is signed beforehand does not fill the machine.
        const int Part = 20_000;
        var traffic = new Traffic(workload, node.Load.Crowd, node.Load.Hub, new Pace(settings.InFlight));
        var start = TimeProvider.System.GetTimestamp();
        while (traffic.Begun < least || TimeProvider.System.GetElapsedTime(start) < settings.Duration)
        {
            workload.Prepare(traffic.Begun, Part);
            traffic.RunToEnd(Part);
        }

        if (traffic.Counts.Completed.Count != traffic.Begun)
        {
            throw new InvalidOperationException($"Of {traffic.Begun} operations {traffic.Counts.Completed.Count} came to their end.");
        }
    }
}
