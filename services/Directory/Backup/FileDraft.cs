using System.Security.Cryptography;

namespace NymDirectory.DirectoryService.Backup;

/// <summary>
/// A private file that gets its own name only when it is complete and on disk. It is locked while it is written, so that what a killed
/// predecessor left behind is known by its lock being free, and is removed.
/// </summary>
internal sealed class FileDraft : IDisposable
{
    private const string Suffix = ".part";

    // What is written while a draft is opened as a database.
    private const string JournalSuffix = "-journal";

    private readonly FileStream _file;

    private FileDraft(FileStream file) => _file = file;

    /// <summary>Where it is until it is placed.</summary>
    public string Path => _file.Name;

    /// <summary>The bytes themselves.</summary>
    public Stream Content => _file;

    /// <summary>Makes an empty one in the folder of its later name, which is made if need be.</summary>
    /// <exception cref="IOException">It cannot be made there.</exception>
    public static FileDraft Beside(string target)
    {
        var folder = System.IO.Path.GetDirectoryName(target)!;
        MakeFolder(folder);
        RemoveLeftOvers(folder, System.IO.Path.GetFileName(target));
        return new FileDraft(Open($"{target}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}{Suffix}", FileMode.CreateNew));
    }

    /// <summary>Gives it its name, in one step; false when that is taken and may not be replaced.</summary>
    public bool TryPlace(string target, bool replace)
    {
        _file.Flush(flushToDisk: true);
        if (replace)
        {
            File.Move(Path, target, overwrite: true);
        }
        else if (!FileNames.TryAdd(Path, target))
        {
            return false;
        }

        FileNames.SyncFolder(System.IO.Path.GetDirectoryName(target)!);
        return true;
    }

    public void Dispose()
    {
        // Under its first name there is nothing any more when it was placed.
        Remove(Path);
        _file.Dispose();
    }

    private static void RemoveLeftOvers(string folder, string name)
    {
        foreach (var path in Directory.EnumerateFiles(folder, $"{name}.????????{Suffix}"))
        {
            try
            {
                using var free = Open(path, FileMode.Open);
                Remove(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody writes it at this moment, or it is not ours.
            }
        }
    }

    private static void Remove(string path)
    {
        File.Delete(path);
        File.Delete(path + JournalSuffix);
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode == FileMode.CreateNew)
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
