namespace NymDirectory.DirectoryService.Storage;

/// <summary>
/// Keeps a second Directory off the database for as long as this one lives: challenges, leases of gateways and what is due are also
/// in memory. The operating system lets go of it whatever way a process ends.
/// </summary>
internal sealed class DatabaseLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _file;

    private DatabaseLock(FileStream file) => _file = file;

    /// <exception cref="TimeoutException">Somebody else held it all the time.</exception>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public static async Task<DatabaseLock> TakeAsync(string path, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var started = time.GetTimestamp(); ; await Task.Delay(Pause, time, cancellationToken))
        {
            try
            {
                return new DatabaseLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (File.Exists(path))
            {
                if (time.GetElapsedTime(started) >= timeout)
                {
                    throw new TimeoutException("another Directory has it in use");
                }
            }
        }
    }

    // The file stays: removing it would let two others each lock a file of their own.
    public void Dispose() => _file.Dispose();
}
