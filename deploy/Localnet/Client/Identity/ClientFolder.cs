using NymDirectory.Localnet.CommandLine;

namespace NymDirectory.Localnet.Client.Identity;

/// <summary>Where a client keeps its files: <c>$HOME/.nym/clients/ID/</c>.</summary>
internal sealed class ClientFolder
{
    private ClientFolder(string id, string path) => (Id, Path) = (id, path);

    /// <summary>The client's id.</summary>
    public string Id { get; }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The configuration file.</summary>
    public string ConfigFile => System.IO.Path.Combine(Path, "config", "config.toml");

    /// <summary>The address, which stands for the keys.</summary>
    public string AddressFile => System.IO.Path.Combine(Path, "keys", "address.txt");

    /// <summary>Where the reply store is.</summary>
    public string Data => System.IO.Path.Combine(Path, "data");

    /// <summary>Whether <c>init</c> has been here.</summary>
    public bool Exists => File.Exists(ConfigFile);

    /// <summary>The folder of an id.</summary>
    /// <exception cref="UserErrorException">The id cannot be one.</exception>
    public static ClientFolder Of(string id)
    {
        var home = Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } set
            ? set
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return In(home, id);
    }

    /// <summary>The folder of an id under a home of choice.</summary>
    /// <exception cref="UserErrorException">The id cannot be one.</exception>
    public static ClientFolder In(string home, string id)
    {
        if (string.IsNullOrWhiteSpace(id) || id is "." or ".." || id.AsSpan().ContainsAny('/', '\\', '\0'))
        {
            throw new UserErrorException($"'{id}' cannot be the id of a client: it names a folder");
        }

        return new ClientFolder(id, System.IO.Path.Combine(home, ".nym", "clients", id));
    }

    /// <summary>Makes the folders.</summary>
    /// <exception cref="UserErrorException">They cannot be made.</exception>
    public void Create()
    {
        try
        {
            Array.ForEach([ConfigFile, AddressFile], file => Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!));
            Directory.CreateDirectory(Data);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The folder {Path} cannot be created: {e.Message}");
        }
    }
}
