using Microsoft.Data.Sqlite;
using NymDirectory.DirectoryService.Gateways;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>Reads columns into the service's own types.</summary>
internal static class Rows
{
    public static SixteenBytes? SixteenBytesOrNull(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : SixteenBytes.Read(row.GetFieldValue<byte[]>(column));

    /// <summary>A route in three columns from <paramref name="first"/> on: gateway, run, tag.</summary>
    public static ReturnRoute? RouteOrNull(this SqliteDataReader row, int first) => row.IsDBNull(first)
        ? null
        : new ReturnRoute(
            new GatewayId(row.GetString(first)),
            new RunId(SixteenBytes.Read(row.GetFieldValue<byte[]>(first + 1))),
            new SealedTag(SixteenBytes.Read(row.GetFieldValue<byte[]>(first + 2))));
}
