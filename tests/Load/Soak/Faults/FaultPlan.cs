using NymDirectory.Localnet.Faults;

namespace NymDirectory.Load.Soak.Faults;

/// <summary>
/// Which faults come when. One after the other, with quiet times between, so that something flows; the kinds are drawn like cards, so that a short
/// run has many of them. A long run ends with a third in which no service is killed: only there can memory be judged.
/// </summary>
internal sealed class FaultPlan
{
    // Shorter ones are too short for it: a program that compiles and fills its caches grows.
    private static readonly TimeSpan LongRun = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Beginning = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LastRest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestQuiet = TimeSpan.FromSeconds(3);

    private static readonly FaultKind[] Gentle = [FaultKind.RelayStopped, FaultKind.Mixnet, FaultKind.UserGone];

    private readonly Random _dice;
    private readonly List<PlannedFault> _faults = [];
    private readonly Stack<FaultKind> _deck = [];

    private FaultPlan(int seed) => _dice = new Random(seed);

    public IReadOnlyList<PlannedFault> Faults => _faults;

    /// <summary>When memory is taken to compare with; null: the run is too short for that.</summary>
    public TimeSpan? MemoryFrom { get; private init; }

    public static FaultPlan Of(SoakSettings settings, int relays)
    {
        var isLong = settings.Duration >= LongRun;
        var plan = new FaultPlan(settings.Seed) { MemoryFrom = isLong ? settings.Duration * 7 / 9 : null };
        plan.Fill(settings, relays, killsUntil: isLong ? settings.Duration * 2 / 3 : settings.Duration, quiet: isLong ? 12 : 3);
        return plan;
    }

    private void Fill(SoakSettings settings, int relays, TimeSpan killsUntil, int quiet)
    {
        for (var at = Beginning; ;)
        {
            var fault = Draw(at, at < killsUntil, settings.Users, relays);
            if (at + fault.Lasting > settings.Duration - LastRest)
            {
                return;
            }

            _faults.Add(fault);
            at += fault.Lasting + ShortestQuiet + (_dice.NextDouble() * TimeSpan.FromSeconds(quiet));
        }
    }

    private PlannedFault Draw(TimeSpan at, bool mayKill, int users, int relays)
    {
        var kind = DrawKind(mayKill);
        var which = kind switch
        {
            FaultKind.RelayKilled or FaultKind.RelayStopped => _dice.Next(relays),
            FaultKind.UserGone => _dice.Next(users),
            _ => 0,
        };
        var seconds = kind is FaultKind.RelayStopped or FaultKind.Mixnet or FaultKind.UserGone ? 2 + (4 * _dice.NextDouble()) : _dice.NextDouble();
        return new PlannedFault(at, kind, which, TimeSpan.FromSeconds(seconds), kind == FaultKind.Mixnet ? DrawMixnet() : null);
    }

    private FaultKind DrawKind(bool mayKill)
    {
        while (_deck.Count == 0 || (!mayKill && !Gentle.Contains(_deck.Peek())))
        {
            if (!_deck.TryPop(out _))
            {
                var cards = Enum.GetValues<FaultKind>();
                _dice.Shuffle(cards);
                Array.ForEach(cards, _deck.Push);
            }
        }

        return _deck.Pop();
    }

    private FaultChanges DrawMixnet() => new()
    {
        Loss = _dice.Next(11) / 100d,
        Duplicate = _dice.Next(21) / 100d,
        Reorder = _dice.Next(21) / 100d,
        Delay = TimeSpan.FromMilliseconds(_dice.Next(301)),
        Jitter = TimeSpan.FromMilliseconds(_dice.Next(201)),
    };
}
