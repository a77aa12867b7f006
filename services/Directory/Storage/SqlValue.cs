using SQLitePCL;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>
/// What a parameter of a statement stands for: an integer, a text, bytes, or NULL. A value: a message binds dozens of numbers, which would
/// be an object each.
/// </summary>
internal readonly struct SqlValue
{
    private readonly Kind _kind;
    private readonly long _number;
    private readonly string? _text;
    private readonly ReadOnlyMemory<byte> _bytes;

    private SqlValue(long number) => (_kind, _number) = (Kind.Number, number);

    private SqlValue(string text) => (_kind, _text) = (Kind.Text, text);

    private SqlValue(ReadOnlyMemory<byte> bytes) => (_kind, _bytes) = (Kind.Bytes, bytes);

    private enum Kind : byte
    {
        Null,
        Number,
        Text,
        Bytes,
    }

    public static implicit operator SqlValue(long number) => new(number);

    public static implicit operator SqlValue(long? number) => number is { } known ? new SqlValue(known) : default;

    public static implicit operator SqlValue(bool flag) => new(flag ? 1L : 0);

    public static implicit operator SqlValue(string? text) => text is null ? default : new SqlValue(text);

    public static implicit operator SqlValue(byte[]? bytes) => bytes is null ? default : new SqlValue((ReadOnlyMemory<byte>)bytes);

    public static implicit operator SqlValue(ReadOnlyMemory<byte> bytes) => new(bytes);

    /// <summary>Binds it to a parameter, counted from 1; SQLite's result. SQLite takes a copy.</summary>
    public int BindTo(sqlite3_stmt statement, int parameter) => _kind switch
    {
        Kind.Number => raw.sqlite3_bind_int64(statement, parameter, _number),
        Kind.Text => raw.sqlite3_bind_text(statement, parameter, _text!),
        Kind.Bytes => raw.sqlite3_bind_blob(statement, parameter, _bytes.Span),
        _ => raw.sqlite3_bind_null(statement, parameter),
    };
}
