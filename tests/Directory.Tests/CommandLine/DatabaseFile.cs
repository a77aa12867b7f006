using Microsoft.Data.Sqlite;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.TestKit;

namespace NymDirectory.DirectoryService.Tests.CommandLine;

/// <summary>A database file looked at, or made, without a service.</summary>
internal static class DatabaseFile
{
    public static T Read<T>(string file, Func<Statements, T> read)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var sql = new Statements(connection);
        return read(sql);
    }

    public static void Change(string file, params string[] statements)
    {
        using var sql = new Statements(new DatabaseLocation($"Data Source={file}").OpenForWriting());
        foreach (var statement in statements)
        {
            sql.Execute(statement);
        }
    }

    public static List<string> Contents(string file) =>
        Read(file, sql => sql.List("SELECT CAST(content AS TEXT) FROM messages ORDER BY id", row => row.GetString(0)));

    public static List<string> Names(string file) =>
        Read(file, sql => sql.List("SELECT username FROM accounts ORDER BY id", row => row.GetString(0)));

    /// <summary>An empty one with today's schema.</summary>
    public static async Task CreateAsync(string file)
    {
        await using var service = await ServiceUnderTest.StartAsync(DirectoryApp.Build, [$"--ConnectionStrings:Directory=Data Source={file}"]);
    }

    /// <summary>With so much in it that a copy takes a while.</summary>
    public static async Task CreateLargeAsync(string file, int megabytes)
    {
        await CreateAsync(file);
        using var sql = new Statements(new DatabaseLocation($"Data Source={file}").OpenForWriting());
        sql.Execute("PRAGMA synchronous=OFF");
        sql.Execute("BEGIN");
        for (var number = 0; number < megabytes; number++)
        {
            sql.Execute("INSERT INTO settings (name, value) VALUES ($1, ZEROBLOB(1048576))", $"filler{number}");
        }

        sql.Execute("COMMIT");
    }
}
