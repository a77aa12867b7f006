using NymDirectory.DirectoryService.Backup;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.Hosting.Commands;

namespace NymDirectory.DirectoryService.Restore;

/// <summary>
/// From a backup to a database that the next start works on. At every moment in which this may be killed, there is a whole database under
/// the name: the old one or the new one.
/// </summary>
internal sealed class Restoration(DatabaseLocation location, TimeProvider time)
{
    public string Database => location.File;

    /// <summary>Keeps every Directory away until it is disposed.</summary>
    /// <exception cref="CommandFailedException">One is there, or a database is and may not be replaced.</exception>
    public async Task<IDisposable> LockAsync(bool replace, CancellationToken cancellationToken)
    {
        if (!replace && File.Exists(Database))
        {
            throw new CommandFailedException($"{Database} exists: --replace sets it aside under another name");
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Database)!);
            return await DatabaseLock.TakeAsync(location.LockFile, TimeSpan.Zero, time, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new CommandFailedException($"{Database} is in use: stop the Directory first", e);
        }
    }

    /// <summary>Does it, under the lock.</summary>
    public RestoreResult Run(string backup)
    {
        if (backup == Database)
        {
            throw new CommandFailedException($"{backup} is the database itself");
        }

        // Copied once more: a private file, checked again, without whatever lay beside the backup.
        using var draft = DatabaseCopy.Make(backup, Database);
        RestoredState.Apply(draft.Path);
        var contents = CopyContents.Of(draft.Path);
        var aside = File.Exists(Database) ? ReplacedDatabase.SetAside(location, time) : null;
        ReplacedDatabase.RemoveLog(location);
        draft.TryPlace(Database, replace: true);
        return new RestoreResult(contents, aside);
    }
}
