using System.CommandLine;
using NymDirectory.Load.CommandLine;
using NymDirectory.Load.Sizes.Filling;
using NymDirectory.Local.CommandLine;

namespace NymDirectory.Load.Sizes;

/// <summary>The options of <c>sizes</c> and of its parts.</summary>
internal sealed class SizesOptions
{
    private readonly Option<int[]> _users = new("--users")
    {
        Description = "Numbers of users that are compared, the smallest first.",
        DefaultValueFactory = _ => [1_000, 100_000, 1_000_000],
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> _memoryUsers = new("--memory-users") { Description = "Users of the node whose memory is measured.", DefaultValueFactory = _ => 100_000 };
    private readonly Option<int> _active = new("--active") { Description = "Users who are logged in, if there are so many.", DefaultValueFactory = _ => 1_000 };
    private readonly Option<int> _waiting = new("--waiting") { Description = "Messages of the backlog.", DefaultValueFactory = _ => 1_000_000 };
    private readonly Option<int> _inFlight = new("--in-flight") { Description = "Operations that are not complete, over all users.", DefaultValueFactory = _ => 128 };
    private readonly Option<int> _seconds = new("--seconds") { Description = "How long each is measured.", DefaultValueFactory = _ => 10 };
    private readonly Option<int> _warmUp = new("--warm-up") { Description = "Seconds before that.", DefaultValueFactory = _ => 20 };
    private readonly Option<int> _repeats = new("--repeats") { Description = "Starts of each service.", DefaultValueFactory = _ => 5 };
    private readonly Option<double?> _telemetry = TelemetryOption.Create();
    private readonly ProgramOptions _programs = new();
    private readonly Option<bool> _json = new("--json") { Description = "Print each result as one JSON object in a line." };

    public SizesOptions()
    {
        NumberRange.Check(_memoryUsers, 100, 10_000_000);
        NumberRange.Check(_active, 2, FilledDatabase.MostWithKeys);
        NumberRange.Check(_waiting, 1, 100_000_000);
        NumberRange.Check(_inFlight, 1, 10_000);
        NumberRange.Check(_seconds, 1, 3600);
        NumberRange.Check(_warmUp, 1, 3600);
        NumberRange.Check(_repeats, 1, 100);
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _users, _memoryUsers, _active, _waiting, _inFlight, _seconds, _warmUp, _repeats, _telemetry, _json })
        {
            command.Add(option);
        }

        _programs.AddTo(command);
    }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    public async Task<SizesSettings> ReadAsync(ParseResult parsed, CancellationToken cancellationToken) => new()
    {
        Node = (await _programs.ReadAsync(parsed, relays: 1, cancellationToken)) with { Traces = parsed.GetValue(_telemetry) },
        Users = parsed.GetValue(_users)!,
        MemoryUsers = parsed.GetValue(_memoryUsers),
        Active = parsed.GetValue(_active),
        Waiting = parsed.GetValue(_waiting),
        InFlight = parsed.GetValue(_inFlight),
        WarmUp = TimeSpan.FromSeconds(parsed.GetValue(_warmUp)),
        Duration = TimeSpan.FromSeconds(parsed.GetValue(_seconds)),
        Repeats = parsed.GetValue(_repeats),
    };
}
