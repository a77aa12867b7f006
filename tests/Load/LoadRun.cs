using System.Runtime.CompilerServices;
using NymDirectory.Load.Measuring;
using NymDirectory.Load.Node;
using NymDirectory.Load.Workloads;

namespace NymDirectory.Load;

/// <summary>Whole measurements: a fresh node, its users, the traffic.</summary>
internal static class LoadRun
{
    private static readonly double[] PartsOfMaximum = [0.25, 0.5, 1.1];
    private static readonly double[] SharesOfTraces = [0.05, 1];

    public static async Task<LoadReport> MeasureAsync(
        LoadSettings settings, Func<NodeUnderLoad, LoadSettings, Workload> workload, CancellationToken cancellationToken)
    {
        await using var node = await NodeUnderLoad.StartAsync(settings.Node, cancellationToken);
        node.Populate(settings.Users);
        return Measurement.Run(node, workload(node, settings), settings.Pace, settings.WarmUp, settings.Duration);
    }

    /// <summary>Everything that the budgets are about.</summary>
    public static async IAsyncEnumerable<LoadReport> MeasureAllAsync(
        LoadSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var most = await MeasureAsync(settings, Send, cancellationToken);
        yield return most;
        foreach (var share in SharesOfTraces)
        {
            yield return await MeasureAsync(settings with { Node = settings.Node with { Traces = share } }, Send, cancellationToken);
        }

        foreach (var part in PartsOfMaximum)
        {
            var paced = settings with { Pace = new Pace(Pace.Unlimited, part * most.Window.PerSecond) };
            yield return await MeasureAsync(paced, Send, cancellationToken);
        }

        yield return await MeasureAsync(settings, (node, _) => new QueryWorkload(node.Crowd, node.Hub), cancellationToken);
        yield return await MeasureAsync(settings, (node, _) => new LoginWorkload(node.Crowd, node.Hub), cancellationToken);
        yield return await MeasureAsync(settings, (node, _) => new RegisterWorkload(node.Crowd, node.Hub), cancellationToken);
    }

    /// <summary>Messages; when so many a second are offered whatever comes back, with references.</summary>
    public static SendWorkload Send(NodeUnderLoad node, LoadSettings settings) =>
        new(node.Crowd, node.Hub, settings.Characters, withReferences: settings.Pace.PerSecond is not null);
}
