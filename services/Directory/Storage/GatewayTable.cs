using NymDirectory.DirectoryService.Gateways;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>Loads and saves gateways.</summary>
internal static class GatewayTable
{
    private const string All = "SELECT id, endpoint, run_id, holder, lease_until FROM gateways";

    private const string Upsert = """
        INSERT INTO gateways (id, endpoint, run_id, holder, lease_until) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO UPDATE SET endpoint = excluded.endpoint, run_id = excluded.run_id, holder = excluded.holder,
            lease_until = excluded.lease_until
        """;

    public static List<KeyValuePair<GatewayId, AttachedGateway>> Load(Statements sql) => sql.List(All, row => KeyValuePair.Create(
        new GatewayId(row.GetString(0)),
        new AttachedGateway(
            row.GetString(1),
            row.SixteenBytesOrNull(2) is { } run ? new RunId(run) : null,
            row.SixteenBytesOrNull(3),
            row.GetInt64(4))));

    public static void Save(Statements sql, GatewayId id, AttachedGateway gateway) => sql.Execute(
        Upsert, id.Value, gateway.Endpoint, gateway.Run?.Value.ToArray(), gateway.Holder?.ToArray(), gateway.LeaseUntil);
}
