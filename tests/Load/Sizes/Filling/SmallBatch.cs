using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.Load.Sizes.Filling;

/// <summary>
/// Some of the Directory's own changes as one, so that many thousand share a commit. Some only: they share a savepoint, too, and SQLite walks through
/// all that it would take back at the end of every statement.
/// </summary>
internal sealed class SmallBatch(IReadOnlyList<WriteOperation> operations) : WriteOperation<int>
{
    public const int Most = 50;

    protected override int Apply(WriteSession session)
    {
        foreach (var operation in operations)
        {
            operation.Execute(session);
        }

        return operations.Count;
    }
}
