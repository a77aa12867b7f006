using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>Values of the database's own.</summary>
internal static class SettingsTable
{
    private const string Read = "SELECT value FROM settings WHERE name = $1";

    private const string Write = """
        INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """;

    private const string PairKeyName = "pair_key";
    private const string MessageIdKeyName = "message_id_key";
    private const string DayName = "day";
    private const string FirstSequenceName = "first_sequence";

    /// <summary>The key of <see cref="PairHash"/>, made at the first start.</summary>
    public static byte[] PairKey(Statements sql) => Key(sql, PairKeyName, PairHash.KeySize);

    /// <summary>The key of <see cref="MessageIds"/>, made at the first start.</summary>
    public static byte[] MessageIdKey(Statements sql) => Key(sql, MessageIdKeyName, MessageIds.KeySize);

    /// <summary>The latest day that expiry went by; absent before the first start.</summary>
    public static int? Day(Statements sql) => (int?)Number(sql, DayName);

    public static void SetDay(Statements sql, int day) => SetNumber(sql, DayName, day);

    /// <summary>The first number of a pair that is not known (any more).</summary>
    public static long FirstSequence(Statements sql) => Number(sql, FirstSequenceName) ?? 1;

    public static void SetFirstSequence(Statements sql, long first) => SetNumber(sql, FirstSequenceName, first);

    private static byte[] Key(Statements sql, string name, int size)
    {
        sql.Execute(
            "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", name, RandomNumberGenerator.GetBytes(size));
        return sql.Scalar<byte[]>(Read, name) ?? throw new InvalidOperationException("The key was just written.");
    }

    private static long? Number(Statements sql, string name) =>
        sql.Scalar<byte[]>(Read, name) is { } value ? BinaryPrimitives.ReadInt64BigEndian(value) : null;

    private static void SetNumber(Statements sql, string name, long number)
    {
        var value = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(value, number);
        sql.Execute(Write, name, value);
    }
}
