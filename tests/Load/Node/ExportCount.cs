namespace NymDirectory.Load.Node;

/// <summary>What the services exported of one signal, as the collector counts it.</summary>
/// <param name="Exports">Calls.</param>
/// <param name="Bytes">In all of them.</param>
/// <param name="Items">Spans, metrics or log records in them.</param>
internal sealed record ExportCount(long Exports, long Bytes, long Items)
{
    public static ExportCount operator -(ExportCount left, ExportCount right) =>
        new(left.Exports - right.Exports, left.Bytes - right.Bytes, left.Items - right.Items);
}
