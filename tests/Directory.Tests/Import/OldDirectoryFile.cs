using Microsoft.Data.Sqlite;

namespace NymDirectory.DirectoryService.Tests.Import;

/// <summary>A file as an existing nymDirectory makes it.</summary>
internal static class OldDirectoryFile
{
    public static void Create(string path, IEnumerable<(object? Username, object? PublicKey)> users, int groups = 0)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Execute(connection, "CREATE TABLE users (username TEXT PRIMARY KEY, publicKey TEXT, senderTag TEXT)");
        Execute(connection, "CREATE TABLE groups (groupID TEXT PRIMARY KEY, userList TEXT NOT NULL)");
        Execute(connection, "BEGIN");
        foreach (var (username, publicKey) in users)
        {
            Execute(connection, "INSERT INTO users VALUES ($1, $2, 'canary-tag')", username, publicKey);
        }

        for (var number = 0; number < groups; number++)
        {
            Execute(connection, "INSERT INTO groups VALUES ($1, '[\"ada\"]')", $"canary-group{number}");
        }

        Execute(connection, "COMMIT");
    }

    private static void Execute(SqliteConnection connection, string sql, params object?[] values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters.AddWithValue($"${index + 1}", values[index] ?? DBNull.Value);
        }

        command.ExecuteNonQuery();
    }
}
