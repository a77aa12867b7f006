namespace NymDirectory.Compose.Receiver;

/// <summary>What came of one signal.</summary>
/// <param name="Exports">Calls.</param>
/// <param name="Bytes">In all of them.</param>
/// <param name="Items">Spans, metrics or log records in them.</param>
internal sealed record ExportCount(long Exports, long Bytes, long Items)
{
    public static ExportCount None { get; } = new(0, 0, 0);

    public ExportCount With(byte[] export) => new(Exports + 1, Bytes + export.Length, Items + OtlpItems.Count(export));
}
