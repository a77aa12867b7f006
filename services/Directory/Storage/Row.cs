using SQLitePCL;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>The row at which a statement stands; columns are counted from 0. Valid until the statement goes on.</summary>
internal readonly ref struct Row(sqlite3_stmt statement)
{
    public bool IsDBNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long GetInt64(int column) => raw.sqlite3_column_int64(statement, column);

    public int GetInt32(int column) => (int)raw.sqlite3_column_int64(statement, column);

    public bool GetBoolean(int column) => raw.sqlite3_column_int64(statement, column) != 0;

    public string GetString(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    /// <summary>Bytes that live as long as the row.</summary>
    public ReadOnlySpan<byte> GetSpan(int column) => raw.sqlite3_column_blob(statement, column);

    /// <summary>Bytes to keep.</summary>
    public byte[] GetBytes(int column) => GetSpan(column).ToArray();

    /// <summary>The value as the type that SQLite has for it; <see cref="DBNull"/> for NULL.</summary>
    public object GetValue(int column) => raw.sqlite3_column_type(statement, column) switch
    {
        raw.SQLITE_NULL => DBNull.Value,
        raw.SQLITE_INTEGER => GetInt64(column),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, column),
        raw.SQLITE_TEXT => GetString(column),
        _ => GetBytes(column),
    };
}
