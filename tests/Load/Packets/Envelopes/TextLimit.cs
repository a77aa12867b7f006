using NymDirectory.Gateway.NymClient.Shortage;

namespace NymDirectory.Load.Packets.Envelopes;

/// <summary>How long a text may be for its delivery to fit so many packets, whatever the length of its signatures.</summary>
/// <param name="Name">What is delivered.</param>
/// <param name="Characters">For one packet, two and three; of characters outside ASCII a sixth of it fits.</param>
internal sealed record TextLimit(string Name, IReadOnlyList<int> Characters)
{
    private const int MostPackets = 3;

    // What is encrypted travels as hex.
    private const int BytesEach = 2;

    public static TextLimit Of(Envelope delivery)
    {
        int around = delivery.Bytes.Most - (BytesEach * delivery.Characters!.Value);
        int Longest(int packets) => Enumerable.Range(0, int.MaxValue).First(characters => LaneRules.Packets(around + (BytesEach * (characters + 1))) > packets);
        return new TextLimit(delivery.Name, [.. Enumerable.Range(1, MostPackets).Select(Longest)]);
    }
}
