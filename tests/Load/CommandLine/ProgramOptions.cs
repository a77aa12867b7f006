using System.CommandLine;
using NymDirectory.Load.Node;

namespace NymDirectory.Load.CommandLine;

/// <summary>Which programs are measured, and with which settings.</summary>
internal sealed class ProgramOptions
{
    private readonly Option<string[]> _set = new("--set") { Description = "KEY=VALUE: a setting of the services, as an environment variable." };
    private readonly Option<string?> _programs = ProgramsOption.Create();

    public void AddTo(Command command)
    {
        command.Add(_set);
        command.Add(_programs);
    }

    /// <summary>Reads them, and publishes the programs unless they were.</summary>
    public async Task<NodeSettings> ReadAsync(ParseResult parsed, int relays, CancellationToken cancellationToken)
    {
        var programs = await PublishedPrograms.FindOrPublishAsync(parsed.GetValue(_programs), cancellationToken);
        return new NodeSettings(relays, Variables(parsed.GetValue(_set) ?? []), programs);
    }

    private static Dictionary<string, string> Variables(string[] set)
    {
        var variables = new Dictionary<string, string>
        {
            // A line for each request is not what is measured, and no service writes one at this level.
            ["Logging__LogLevel__Default"] = "Warning",
        };
        foreach (var setting in set)
        {
            var parts = setting.Split('=', 2);
            variables[parts[0]] = parts.Length == 2 ? parts[1] : string.Empty;
        }

        return variables;
    }
}
