using System.Globalization;
using System.Security.Cryptography;

namespace NymDirectory.EndToEnd.Users;

/// <summary>Usernames that nobody else has, and that nothing else in a log looks like.</summary>
internal static class Names
{
    public static string New(string start) => $"{start}-{RandomNumberGenerator.GetInt32(1_000_000_000).ToString("d9", CultureInfo.InvariantCulture)}";
}
