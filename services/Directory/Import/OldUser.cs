namespace NymDirectory.DirectoryService.Import;

/// <summary>A row of an existing nymDirectory's <c>users</c>, as it is in the file: SQLite lets any value be in any column.</summary>
/// <param name="Row">Its row id.</param>
/// <param name="Username">Text, if all is well.</param>
/// <param name="PublicKey">PEM text, if all is well.</param>
internal sealed record OldUser(long Row, object Username, object PublicKey)
{
    /// <summary>Says nothing of the user.</summary>
    public override string ToString() => $"row {Row}";
}
