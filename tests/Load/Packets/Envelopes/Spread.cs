namespace NymDirectory.Load.Packets.Envelopes;

/// <summary>Lengths differ, since a signature in DER has 70 to 72 bytes, seldom fewer.</summary>
internal sealed record Spread(int Least, double Mean, int Most)
{
    public static Spread Of(IReadOnlyCollection<int> lengths) => new(lengths.Min(), lengths.Average(), lengths.Max());
}
