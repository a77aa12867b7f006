namespace NymDirectory.Load.Crowds;

/// <summary>How many reply blocks a user attaches.</summary>
/// <param name="AtFirst">To the first message.</param>
/// <param name="Each">To every further one.</param>
internal sealed record BlockSupply(int AtFirst, int Each)
{
    /// <summary>
    /// So many that nym-client never asks: it holds the last ten of a tag back, so the first message brings them and some to spare; later ones bring one for
    /// the answer, one for the message that somebody else sends, and one more.
    /// </summary>
    public static BlockSupply Plenty { get; } = new(AtFirst: 40, Each: 3);

    /// <summary>Ten with everything, as existing clients do.</summary>
    public static BlockSupply OfExistingClients { get; } = new(AtFirst: 10, Each: 10);
}
