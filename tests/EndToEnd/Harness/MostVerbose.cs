namespace NymDirectory.EndToEnd.Harness;

/// <summary>Variables that make every service say all it can.</summary>
internal static class MostVerbose
{
    // A longer category wins over a shorter one: those that a service's own settings may name are overruled one by one.
    private static readonly string[] Categories =
    [
        "Default", "Microsoft", "Microsoft.AspNetCore", "Microsoft.Hosting.Lifetime", "Microsoft.EntityFrameworkCore",
        "Microsoft.EntityFrameworkCore.Database.Command", "Microsoft.Extensions", "Grpc", "System", "System.Net.Http", "NymDirectory", "OpenTelemetry",
    ];

    public static IReadOnlyDictionary<string, string> Variables { get; } =
        Categories.ToDictionary(category => $"Logging__LogLevel__{category}", _ => "Trace");
}
