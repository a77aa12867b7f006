using System.Security.Cryptography;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>Values of the database's own.</summary>
internal static class SettingsTable
{
    private const string PairKeyName = "pair_key";

    /// <summary>The key of <see cref="PairHash"/>, made at the first start.</summary>
    public static byte[] PairKey(Statements sql)
    {
        sql.Execute(
            "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
            PairKeyName,
            RandomNumberGenerator.GetBytes(PairHash.KeySize));
        return sql.Scalar<byte[]>("SELECT value FROM settings WHERE name = $1", PairKeyName)
            ?? throw new InvalidOperationException("The key was just written.");
    }
}
