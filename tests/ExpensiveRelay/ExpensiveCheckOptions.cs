using System.ComponentModel.DataAnnotations;

namespace NymDirectory.ExpensiveRelay;

/// <summary>How dear a check is made, section <c>ExpensiveCheck</c>.</summary>
internal sealed record ExpensiveCheckOptions
{
    /// <summary>Where it is in the configuration.</summary>
    public const string Section = "ExpensiveCheck";

    /// <summary>For so long each check has the simulated core to itself, beside what it really costs.</summary>
    [Range(0.1, 1000)]
    public double Milliseconds { get; init; } = 10;
}
