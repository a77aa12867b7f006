using NymDirectory.DirectoryService.Gateways;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>Reads columns into the service's own types.</summary>
internal static class Rows
{
    public static SixteenBytes? SixteenBytesOrNull(this Row row, int column) =>
        row.IsDBNull(column) ? null : SixteenBytes.Read(row.GetSpan(column));

    /// <summary>A route in three columns from <paramref name="first"/> on: gateway, run, tag.</summary>
    public static ReturnRoute? RouteOrNull(this Row row, int first) => row.IsDBNull(first)
        ? null
        : new ReturnRoute(
            new GatewayId(row.GetString(first)),
            new RunId(SixteenBytes.Read(row.GetSpan(first + 1))),
            new SealedTag(SixteenBytes.Read(row.GetSpan(first + 2))));
}
