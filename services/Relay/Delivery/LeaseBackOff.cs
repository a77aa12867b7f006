namespace NymDirectory.Relay.Delivery;

/// <summary>Pauses between failed questions: they double from 0.25 s to 5 s, each between half and one and a half of that.</summary>
internal sealed class LeaseBackOff(Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private TimeSpan _next = First;

    /// <summary>The next pause.</summary>
    public TimeSpan Next()
    {
        var pause = _next * (0.5 + random.NextDouble());
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return pause;
    }

    /// <summary>It went well: begin with short ones again.</summary>
    public void Reset() => _next = First;
}
