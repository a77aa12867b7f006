namespace NymDirectory.Load.Scaling;

/// <summary>What is measured with more and more Relays.</summary>
/// <param name="Load">The load, the same for each number of Relays.</param>
/// <param name="MostRelays">From one up to so many.</param>
/// <param name="CheckTime">For so long each signature check has a simulated core of its Relay to itself.</param>
internal sealed record ScaleSettings(LoadSettings Load, int MostRelays, TimeSpan CheckTime)
{
    /// <summary>What one Relay can do at most.</summary>
    public double PerRelay => 1 / CheckTime.TotalSeconds;
}
