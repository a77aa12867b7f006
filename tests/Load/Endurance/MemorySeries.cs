using System.Globalization;

namespace NymDirectory.Load.Endurance;

/// <summary>A program's memory, minute by minute, and whether it stayed flat once the program was warm.</summary>
internal sealed class MemorySeries(string name, int minutes)
{
    // Warm is what has run for a third of the time.
    private const int WarmUpPart = 3;

    // A line through fewer points says nothing.
    private const int FewestPoints = 5;

    // The collector's own ups and downs, over the whole time after the warm-up.
    private const double AllowedShare = 0.05;
    private const double AllowedMegabytes = 5;

    private readonly List<double> _megabytes = [];

    public string Name => name;

    /// <summary>Whether it grew by no more than chance; null when there were too few minutes to tell.</summary>
    public bool? IsFlat => Warm.Count < FewestPoints ? null : Growth <= Math.Max(AllowedMegabytes, AllowedShare * Warm.Average());

    private List<double> Warm => _megabytes[Math.Min(_megabytes.Count, (minutes + WarmUpPart - 1) / WarmUpPart)..];

    // By the straight line that fits best: one high value at the end is not growth, and one at the beginning does not hide it.
    private double Growth => Slope(Warm) * (Warm.Count - 1);

    public void Add(double megabytes) => _megabytes.Add(megabytes);

    /// <inheritdoc/>
    public override string ToString() => IsFlat switch
    {
        null => Format($"not judged: {Warm.Count} minutes after the warm-up, of {FewestPoints} that it takes"),
        var flat => Format($"{(flat.Value ? "flat" : "GROWS")}: {Growth:+0.0;-0.0} MB by the line through {Warm.Count} minutes after the warm-up, {Warm.Min():0.0} to {Warm.Max():0.0} MB"),
    };

    private static double Slope(List<double> values)
    {
        var (middle, mean) = ((values.Count - 1) / 2.0, values.Average());
        var (above, below) = (0.0, 0.0);
        for (var i = 0; i < values.Count; i++)
        {
            above += (i - middle) * (values[i] - mean);
            below += (i - middle) * (i - middle);
        }

        return above / below;
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
