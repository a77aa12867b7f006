using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using NymDirectory.Localnet.Faults;

namespace NymDirectory.Localnet.CommandLine;

/// <summary>The settings that both <c>hub</c> and <c>faults</c> take.</summary>
internal sealed class FaultOptions
{
    private readonly Option<double?> _loss = Chance("--loss", "Chance that a packet is lost, 0 to 1. A message is lost with any of its packets.");

    private readonly Option<double?> _duplicate = Chance("--duplicate", "Chance that a message arrives twice.");

    private readonly Option<double?> _reorder = Chance("--reorder", "Chance that a message is held back for 250 ms, so that others overtake it.");

    private readonly Option<TimeSpan?> _delay = Duration.Option("--delay", "How long every message takes, for example 300ms.");

    private readonly Option<TimeSpan?> _jitter = Duration.Option("--jitter", "At most how much is added to the delay, evenly drawn.");

    private readonly Option<TimeSpan?> _flushRow = Duration.Option("--flush-row", "How long a client's flush takes for each tag; it is cut off after 10 s.");

    private readonly Option<double?> _pace = new("--packets-per-second")
    {
        Description = "Pace of a client's output: 50 is nym-client's, 0 is as fast as it goes.",
        CustomParser = result => Number(result, "a number from 0 to 100000", 100_000),
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command) =>
        Array.ForEach<Option>([_loss, _duplicate, _reorder, _delay, _jitter, _pace, _flushRow], command.Options.Add);

    /// <summary>What was given.</summary>
    public FaultChanges Changes(ParseResult parsed) => new()
    {
        Loss = parsed.GetValue(_loss),
        Duplicate = parsed.GetValue(_duplicate),
        Reorder = parsed.GetValue(_reorder),
        Delay = parsed.GetValue(_delay),
        Jitter = parsed.GetValue(_jitter),
        PacketsPerSecond = parsed.GetValue(_pace),
        FlushRow = parsed.GetValue(_flushRow),
    };

    private static Option<double?> Chance(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => Number(result, "a chance from 0 to 1", 1),
    };

    private static double? Number(ArgumentResult result, string what, double most)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= most)
        {
            return number;
        }

        result.AddError($"'{text}' is not {what}.");
        return null;
    }
}
