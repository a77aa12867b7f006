namespace NymDirectory.DirectoryService.Storage.Schema;

/// <summary>Remembers that a content was accepted once. No names, no time but a day, and no order of rows that would tell one.</summary>
internal sealed class AcceptedContentEntity
{
    public required byte[] Hash { get; set; }

    /// <summary>Days since 1970-01-01 UTC.</summary>
    public int Day { get; set; }
}
