namespace NymDirectory.Localnet.Faults;

/// <summary>Draws what happens to a message. With a seed it draws the same for the same order of messages.</summary>
internal sealed class FaultDice(Random random)
{
    // Long enough for later messages to pass, short enough for a person who waits.
    private static readonly TimeSpan HeldBack = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();

    /// <summary>What happens to a message of so many packets.</summary>
    public Fate Draw(FaultSettings settings, int packets)
    {
        lock (_gate)
        {
            var lost = settings.Loss > 0 && random.NextDouble() >= Math.Pow(1 - settings.Loss, packets);
            var copies = Happens(settings.Duplicate) ? 2 : 1;
            var reordered = Happens(settings.Reorder);
            var delay = settings.Delay + (settings.Jitter * random.NextDouble()) + (reordered ? HeldBack : TimeSpan.Zero);
            return new Fate(lost ? 0 : copies, delay, reordered);
        }
    }

    private bool Happens(double chance) => chance > 0 && random.NextDouble() < chance;

    /// <summary>What happens to a message.</summary>
    /// <param name="Copies">How often it arrives.</param>
    /// <param name="Delay">How long it takes.</param>
    /// <param name="Reordered">Whether it was held back for others to pass.</param>
    internal readonly record struct Fate(int Copies, TimeSpan Delay, bool Reordered);
}
