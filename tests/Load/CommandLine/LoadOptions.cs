using System.CommandLine;
using NymDirectory.Load.Workloads;
using NymDirectory.Local.CommandLine;

namespace NymDirectory.Load.CommandLine;

/// <summary>The options that all measurements have.</summary>
internal sealed class LoadOptions
{
    private readonly Option<int> _users = new("--users") { Description = "Users, each with a key and a tag.", DefaultValueFactory = _ => 1000 };
    private readonly Option<int> _inFlight = new("--in-flight") { Description = "Operations that are not complete, over all users.", DefaultValueFactory = _ => 128 };
    private readonly Option<int> _rate = new("--rate") { Description = "Begin so many operations a second instead, whatever comes back." };
    private readonly Option<int> _seconds = new("--seconds") { Description = "How long it is measured.", DefaultValueFactory = _ => 15 };
    private readonly Option<int> _warmUp = new("--warm-up") { Description = "Seconds before that: until the services have compiled what is hot. With --rate the first two quarters go at 25 and 50 % of it.", DefaultValueFactory = _ => 30 };
    private readonly Option<int> _relays = new("--relays") { Description = "Relays of the node.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _characters = new("--characters") { Description = "Length of the messages' text.", DefaultValueFactory = _ => 16 };
    private readonly Option<double?> _telemetry = TelemetryOption.Create();
    private readonly ProgramOptions _programs = new();
    private readonly Option<bool> _json = new("--json") { Description = "Print each result as one JSON object in a line." };

    public LoadOptions()
    {
        NumberRange.Check(_users, 2, 1_000_000);
        NumberRange.Check(_inFlight, 1, 10_000);
        NumberRange.Check(_rate, 1, 100_000);
        NumberRange.Check(_seconds, 1, 3600);
        NumberRange.Check(_warmUp, 1, 3600);
        NumberRange.Check(_relays, 1, 16);
        NumberRange.Check(_characters, 0, 100_000);
    }

    /// <summary>Gives them to a command, but for those that have no meaning there.</summary>
    public void AddTo(Command command, params IReadOnlyList<string> without)
    {
        foreach (var option in new Option[] { _users, _inFlight, _rate, _seconds, _warmUp, _relays, _characters, _telemetry, _json }.Where(option => !without.Contains(option.Name)))
        {
            command.Add(option);
        }

        _programs.AddTo(command);
    }

    /// <summary>Reads them, and publishes the programs unless they were.</summary>
    public async Task<LoadSettings> ReadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var rate = parsed.GetValue(_rate);
        return new LoadSettings
        {
            Node = (await _programs.ReadAsync(parsed, parsed.GetValue(_relays), cancellationToken)) with { Traces = parsed.GetValue(_telemetry) },
            Users = parsed.GetValue(_users),
            Pace = rate > 0 ? new Pace(Pace.Unlimited, rate) : new Pace(parsed.GetValue(_inFlight)),
            WarmUp = TimeSpan.FromSeconds(parsed.GetValue(_warmUp)),
            Duration = TimeSpan.FromSeconds(parsed.GetValue(_seconds)),
            Characters = parsed.GetValue(_characters),
            Json = parsed.GetValue(_json),
        };
    }
}
