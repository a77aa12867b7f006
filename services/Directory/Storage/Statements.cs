using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>
/// Statements of one connection, prepared at their first use. Parameters are <c>$1</c>, <c>$2</c>, … in the order of the values. For one
/// thread at a time. Straight on SQLite: the provider's commands and readers, and its look-up of each parameter by its name, cost more than
/// the statements of a message do.
/// </summary>
internal sealed class Statements(SqliteConnection connection) : IDisposable
{
    // Texts are constants of this service, each the same object wherever it is used: they need not be compared letter by letter.
    private readonly Dictionary<string, Prepared> _prepared = new(ReferenceEqualityComparer.Instance);

    private sqlite3 Database => connection.Handle!;

    /// <summary>Runs a statement; how many rows the last one that changed any did change.</summary>
    public int Execute(string sql, params ReadOnlySpan<SqlValue> values)
    {
        var statement = Bind(sql, values);
        try
        {
            while (Step(statement))
            {
            }

            return raw.sqlite3_changes(Database);
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>Runs an <c>INSERT</c> that adds one row, or fails, in a table that numbers its rows; the number of that row.</summary>
    public long Insert(string sql, params ReadOnlySpan<SqlValue> values)
    {
        // Not RETURNING: SQLite would keep what comes back in a table made for it, and note what the statement would have to take back,
        // page by page.
        Execute(sql, values);
        return raw.sqlite3_last_insert_rowid(Database);
    }

    /// <summary>The first column of the first row, or the default.</summary>
    public T? Scalar<T>(string sql, params ReadOnlySpan<SqlValue> values)
    {
        var statement = Bind(sql, values);
        try
        {
            var value = Step(statement) ? new Row(statement).GetValue(0) : null;
            Finish(statement);
            return value is null or DBNull ? default : (T)value;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>The first row as <paramref name="read"/> sees it, or the default.</summary>
    public T? First<T>(string sql, ReadRow<T> read, params ReadOnlySpan<SqlValue> values)
    {
        var statement = Bind(sql, values);
        try
        {
            if (!Step(statement))
            {
                return default;
            }

            var first = read(new Row(statement));
            Finish(statement);
            return first;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>All rows; ask for few.</summary>
    public List<T> List<T>(string sql, ReadRow<T> read, params ReadOnlySpan<SqlValue> values)
    {
        var statement = Bind(sql, values);
        try
        {
            var rows = new List<T>();
            while (Step(statement))
            {
                rows.Add(read(new Row(statement)));
            }

            return rows;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>SQLite may have rolled back by itself; asking it to again would be an error.</summary>
    public void RollbackIfOpen()
    {
        if (raw.sqlite3_get_autocommit(Database) == 0)
        {
            Execute("ROLLBACK");
        }
    }

    public void Dispose()
    {
        foreach (var prepared in _prepared.Values)
        {
            prepared.Statement.Dispose();
        }

        connection.Dispose();
    }

    private bool Step(sqlite3_stmt statement)
    {
        var result = raw.sqlite3_step(statement);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            Fail(result);
        }

        return result == raw.SQLITE_ROW;
    }

    /// <summary>What changes something is run to its end, though all was changed before its first row came.</summary>
    private void Finish(sqlite3_stmt statement)
    {
        while (raw.sqlite3_stmt_readonly(statement) == 0 && Step(statement))
        {
        }
    }

    private sqlite3_stmt Bind(string sql, ReadOnlySpan<SqlValue> values)
    {
        if (!_prepared.TryGetValue(sql, out var prepared))
        {
            _prepared.Add(sql, prepared = Prepare(sql, values.Length));
        }

        for (var index = 0; index < values.Length; index++)
        {
            var result = values[index].BindTo(prepared.Statement, prepared.Places[index]);
            if (result != raw.SQLITE_OK)
            {
                Fail(result);
            }
        }

        return prepared.Statement;
    }

    private Prepared Prepare(string sql, int parameters)
    {
        var result = raw.sqlite3_prepare_v3(Database, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement);
        if (result != raw.SQLITE_OK)
        {
            Fail(result);
        }

        // SQLite counts parameters in the order of the text.
        return new Prepared(statement, [.. Enumerable.Range(1, parameters).Select(number => raw.sqlite3_bind_parameter_index(statement, $"${number}"))]);
    }

    private void Fail(int result) => SqliteException.ThrowExceptionForRC(result, Database);

    private sealed record Prepared(sqlite3_stmt Statement, int[] Places);
}
