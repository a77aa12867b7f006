namespace NymDirectory.DirectoryService.Accounts;

/// <summary>The names of features in contracts.</summary>
internal static class KnownFeatures
{
    private const string Ack = "ack";

    /// <summary>Names of other versions are passed over.</summary>
    public static AccountFeatures Parse(IEnumerable<string> names) =>
        names.Contains(Ack, StringComparer.Ordinal) ? AccountFeatures.Ack : AccountFeatures.None;
}
