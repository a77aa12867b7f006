using NymDirectory.Hosting;

namespace NymDirectory.Gateway.NymClient;

/// <summary>
/// One Gateway for each data directory: a second one would take the first one's nym-client for a left-over and stop it. Held by the
/// operating system, so a killed Gateway leaves none.
/// </summary>
internal sealed class FolderLock(GatewayFiles files) : IDisposable
{
    private FileStream? _held;

    /// <exception cref="InvalidConfigurationException">Another Gateway has it.</exception>
    public void Take()
    {
        Directory.CreateDirectory(files.DataDirectory);
        string path = Path.Combine(files.DataDirectory, "lock");
        try
        {
            _held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure)
        {
            throw new InvalidConfigurationException(
                $"Gateway__DataDirectory: {files.DataDirectory} cannot be locked, another Gateway uses it. Give each Gateway a directory of its own.", failure);
        }
    }

    public void Dispose() => _held?.Dispose();
}
