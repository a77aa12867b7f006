using NymDirectory.DirectoryService.Accounts;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Storage.Commits;
using NymDirectory.Signatures;

namespace NymDirectory.DirectoryService.Storage.Operations;

/// <summary>Makes an account and its mailbox; false when the name is somebody's by now. Without a route it waits for its first login.</summary>
internal sealed class CreateAccount(Username username, P256PublicKey key, AccountFeatures features, ReturnRoute? route)
    : WriteOperation<bool>
{
    private const string InsertAccount = """
        INSERT INTO accounts (username, public_key_spki, key_id, created_day, last_login_day, features,
            route_gateway, route_run, route_tag)
        VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8) ON CONFLICT (username) DO NOTHING RETURNING id
        """;

    private const string InsertMailbox = """
        INSERT INTO mailboxes (account_id, held_until, leased_until, leased_count, message_count, byte_count)
        VALUES ($1, 0, 0, 0, 0, 0)
        """;

    protected override bool Apply(WriteSession session)
    {
        var id = session.Sql.Scalar<long>(
            InsertAccount, username.Value, key.SubjectPublicKeyInfo.ToArray(), key.KeyId.ToArray(), session.Today, (int)features,
            route?.Gateway.Value, route?.Run.Value.ToArray(), route?.Tag.Value.ToArray());
        if (id == 0)
        {
            return false;
        }

        session.Sql.Execute(InsertMailbox, id);
        if (route is { } registered)
        {
            RouteTable.EndOthers(session, registered, id);
        }

        return true;
    }
}
