using NymDirectory.Load.Measuring;
using NymDirectory.Load.Node;
using NymDirectory.Load.Sizes.Filling;
using NymDirectory.Load.Workloads;

namespace NymDirectory.Load.Sizes.Speed;

/// <summary>What new users cost a node that has none, and one that has very many.</summary>
internal static class RegistrationCost
{
    public static async Task<SizeResult> MeasureAsync(SizesSettings settings, int users, CancellationToken cancellationToken)
    {
        var database = users == 0 ? null : await FilledDatabases.GetAsync(users, waiting: 0, cancellationToken);
        await using var node = await NodeUnderLoad.StartAsync(settings.Node with { Database = database?.File }, cancellationToken);
        var workload = new RegisterWorkload(node.Crowd, node.Hub);
        return new SizeResult(users, Measurement.Run(node, workload, new Pace(settings.InFlight), settings.WarmUp, settings.Duration));
    }
}
