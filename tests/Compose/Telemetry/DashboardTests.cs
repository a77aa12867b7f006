using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NymDirectory.Compose.Harness;

namespace NymDirectory.Compose.Telemetry;

/// <summary>The dashboard asks for metrics that there are; Prometheus has no word for one that it does not know.</summary>
public sealed partial class DashboardTests
{
    private const string Dashboard = "deploy/observability/grafana/dashboards/node.json";

    [Fact]
    public void Dashboard_AsksOnlyForDocumentedMetrics()
    {
        var documented = Documented().Matches(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "telemetry.md")))
            .Select(match => (Name: match.Groups[1].Value.Replace('.', '_'), Unit: match.Groups[2].Value))
            .SelectMany(metric => InPrometheus(metric.Name, metric.Unit))
            .ToHashSet();
        Assert.True(documented.Count > 30);
        var asked = Asked().Matches(string.Join('\n', Expressions())).Select(match => match.Value).ToHashSet();
        Assert.True(asked.Count > 10);
        Assert.Empty(asked.Except(documented));
    }

    [Theory]
    [InlineData("Requests by action")]
    [InlineData("Requests by outcome")]
    [InlineData("Latency of requests")]
    [InlineData("Signature checks by Relay")]
    [InlineData("Mailbox depth")]
    [InlineData("nym-client restarts and runs")]
    [InlineData("Lane backlog")]
    public void Dashboard_Shows(string title) => Assert.Contains(Panels(), panel => panel!["title"]!.GetValue<string>() == title);

    private static JsonArray Panels() => JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, Dashboard)))!["panels"]!.AsArray();

    private static IEnumerable<string> Expressions() =>
        Panels().SelectMany(panel => panel!["targets"]!.AsArray()).Select(target => target!["expr"]!.GetValue<string>());

    // The names that Prometheus gives to an OTLP metric: the unit is part of it, and so is what kind it is.
    private static IEnumerable<string> InPrometheus(string name, string unit)
    {
        var withUnit = unit == "s" ? name + "_seconds" : name;
        return [withUnit, withUnit + "_total", withUnit + "_bucket", withUnit + "_sum", withUnit + "_count"];
    }

    [GeneratedRegex(@"^\| `(nymdirectory\.[a-z_.]+)` \| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Documented();

    [GeneratedRegex("nymdirectory_[a-z_]+")]
    private static partial Regex Asked();
}
