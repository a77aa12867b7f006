using NymDirectory.Load.Node;
using NymDirectory.Load.Workloads;

namespace NymDirectory.Load.Measuring;

/// <summary>One measurement and everything that it was made with.</summary>
internal sealed record LoadReport
{
    public required string Operation { get; init; }

    public required NodeSettings Node { get; init; }

    public required int Users { get; init; }

    public required Pace Pace { get; init; }

    public required CryptographicFloor Floor { get; init; }

    public required FloorShare FloorShare { get; init; }

    public required WindowResult Window { get; init; }

    public required int Begun { get; init; }

    public required int Completed { get; init; }

    public required int Refused { get; init; }

    public required int Repeated { get; init; }

    public required int SignedLate { get; init; }

    public required int BlocksAskedFor { get; init; }

    /// <summary>Operations of which something never came.</summary>
    public int Missing => Begun - Completed - Refused;

    public double FloorMicroseconds => Floor.Of(FloorShare);

    /// <summary>CPU of the services for each completed operation.</summary>
    public double ServiceMicroseconds => Window.Costs.Where(cost => NodeUnderLoad.IsService(cost.Name)).Sum(Microseconds);

    public double Ratio => ServiceMicroseconds / FloorMicroseconds;

    /// <summary>Whether everything that was begun came to its end.</summary>
    public bool IsSound => Missing == 0 && Refused == 0;

    public double Microseconds(ProcessCost cost) => cost.Cpu.TotalMicroseconds / Math.Max(1, Window.Completed);
}
