using System.Text.RegularExpressions;

namespace NymDirectory.EndToEnd.Harness;

/// <summary>What must hold of every run of a node, whatever its test was about.</summary>
internal static partial class NodeInvariants
{
    private static readonly string[] Services = ["gateway", "directory", "relay"];

    /// <summary>No service logged an error, but for those that the test provoked.</summary>
    public static void AssertNoErrors(NodeOutput output, IReadOnlyCollection<string> expected)
    {
        var lines = output.Lines.Where(line => IsService(line.Program)).ToList();
        var errors = lines.Where(line => IsError(line.Text))
            .Select(line => $"{line}\n{Following(lines, line)}")
            .Where(error => !expected.Any(part => error.Contains(part, StringComparison.Ordinal)))
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

    public static bool IsService(string program) => Services.Any(service => program.StartsWith(service, StringComparison.Ordinal));

    private static bool IsError(string text) => ErrorLine().IsMatch(text);

    // The console logger puts the message on the lines after the category.
    private static string Following(List<NodeOutput.Line> lines, NodeOutput.Line error) => string.Join('\n', lines
        .Skip(lines.FindIndex(line => ReferenceEquals(line, error)) + 1)
        .Where(line => line.Program == error.Program)
        .TakeWhile(line => line.Text.StartsWith(' '))
        .Take(12));

    [GeneratedRegex("^(fail|crit): |^Unhandled exception|^Process terminated|\"LogLevel\":\"(Error|Critical)\"")]
    private static partial Regex ErrorLine();
}
