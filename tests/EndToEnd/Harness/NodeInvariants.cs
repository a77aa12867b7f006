using System.Text.RegularExpressions;

namespace NymDirectory.EndToEnd.Harness;

/// <summary>What must hold of every run of a node, whatever its test was about.</summary>
internal static partial class NodeInvariants
{
    private static readonly string[] Services = ["gateway", "directory", "relay"];

    /// <summary>No service logged an error, but for those that the test provoked.</summary>
    public static void AssertNoErrors(NodeOutput output, IReadOnlyCollection<string> expected)
    {
        var errors = output.Lines.Where(line => IsService(line.Program) && ErrorLine().IsMatch(line.Text))
            .Where(line => !expected.Any(part => line.Text.Contains(part, StringComparison.Ordinal)))
            .ToList();
        Assert.True(errors.Count == 0, "Errors were logged:\n" + string.Join('\n', errors.Take(10)));
    }

    /// <summary>Nothing that tells who a user is, or what they said, is in a service's log.</summary>
    public static void AssertNoCanaries(NodeOutput output, Canaries canaries)
    {
        var leaks = output.Lines.Where(line => IsService(line.Program))
            .Select(line => (line, Canary: canaries.FirstIn(line.Text)))
            .Where(leak => leak.Canary is not null)
            .Select(leak => $"{leak.Canary}: {leak.line}")
            .ToList();
        Assert.True(leaks.Count == 0, $"{leaks.Count} log lines give somebody away:\n" + string.Join('\n', leaks.Take(10)));
    }

    /// <summary>Whether a service says all it can.</summary>
    public static bool IsVerbose(NodeOutput output, string service) => output.Of(service).Any(line => TraceLine().IsMatch(line));

    private static bool IsService(string program) => Services.Any(service => program.StartsWith(service, StringComparison.Ordinal));

    // The console logger's: time, level, category and message on one line.
    [GeneratedRegex(@"^(\S+ )?(fail|crit): |^Unhandled exception|^Process terminated")]
    private static partial Regex ErrorLine();

    [GeneratedRegex(@"^(\S+ )?trce: ")]
    private static partial Regex TraceLine();
}
