namespace NymDirectory.Client.Receipts;

/// <summary>Whether something was here before.</summary>
internal enum Novelty
{
    /// <summary>It was not; it is under way from now on.</summary>
    New,

    /// <summary>It is on its way to the caller and not handed over yet.</summary>
    UnderWay,

    /// <summary>It was handed over.</summary>
    HandedOver,
}
