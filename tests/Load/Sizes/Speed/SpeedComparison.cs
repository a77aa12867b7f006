using NymDirectory.Load.Measuring;
using NymDirectory.Load.Sizes.Filling;
using NymDirectory.Load.Workloads;

namespace NymDirectory.Load.Sizes.Speed;

/// <summary>Look-ups of anybody and messages between those who are there, at one size.</summary>
internal static class SpeedComparison
{
    private const int Characters = 16;

    public static async Task<IReadOnlyList<SizeResult>> MeasureAsync(SizesSettings settings, int users, CancellationToken cancellationToken)
    {
        var database = await FilledDatabases.GetAsync(users, waiting: 0, cancellationToken);
        await using var node = await FilledNode.StartAsync(settings.Node, database, cancellationToken);
        node.LogIn(Math.Min(settings.Active, database.WithKeys));
        return
        [
            Run(settings, node, new QueryWorkload(node.Load.Crowd, node.Load.Hub, node.AnyName)),
            Run(settings, node, new SendWorkload(node.Load.Crowd, node.Load.Hub, Characters)),
        ];
    }

    private static SizeResult Run(SizesSettings settings, FilledNode node, Workload workload) => new(
        node.Database.Users, Measurement.Run(node.Load, workload, new Pace(settings.InFlight), settings.WarmUp, settings.Duration));
}
