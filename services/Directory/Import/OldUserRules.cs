using NymDirectory.DirectoryService.Accounts;
using NymDirectory.Signatures;

namespace NymDirectory.DirectoryService.Import;

/// <summary>Which rows can be taken over. What is wrong is said without what is in them.</summary>
internal static class OldUserRules
{
    /// <summary>Null when it can be; otherwise the reason.</summary>
    public static string? Judge(OldUser user, out Username username, out P256PublicKey? key)
    {
        username = default;
        key = null;
        return JudgeUsername(user.Username, out username) ?? JudgeKey(user.PublicKey, out key);
    }

    private static string? JudgeUsername(object value, out Username username)
    {
        username = default;
        return value switch
        {
            string text when Username.TryParse(text, out username) => null,
            string { Length: 0 } => "the username is empty",
            string => "the username has characters other than A-Z a-z 0-9 _ -, or more than 1024: no client could ask for it",
            DBNull => "the username is missing",
            _ => "the username is not text",
        };
    }

    private static string? JudgeKey(object value, out P256PublicKey? key)
    {
        key = null;
        return value switch
        {
            string text when P256PublicKey.TryParsePem(text, out key) => null,
            string { Length: 0 } => "the public key is empty",
            string => "the public key is not one PEM public key of P-256",
            DBNull => "the public key is missing",
            _ => "the public key is not text",
        };
    }
}
