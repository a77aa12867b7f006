using NymDirectory.Hosting;

namespace NymDirectory.Gateway.Keys;

/// <summary>What seals the node's key.</summary>
internal static class Passphrase
{
    /// <summary>What the settings name; null when they name none.</summary>
    /// <exception cref="InvalidConfigurationException">It cannot be read, or is empty.</exception>
    public static string? Of(GatewayOptions settings) =>
        string.IsNullOrWhiteSpace(settings.KeyPassphraseFile) ? null : Read(settings.KeyPassphraseFile);

    /// <summary>Reads the first line of a file; editors and <c>echo</c> end it with a line feed that is not part of it.</summary>
    /// <exception cref="InvalidConfigurationException">It cannot be read, or is empty.</exception>
    public static string Read(string path) => Read(path, file => File.ReadLines(file).FirstOrDefault());

    /// <summary>Reads a file as existing nymDirectories do: all of it, without white space at its ends.</summary>
    /// <exception cref="InvalidConfigurationException">It cannot be read, or is empty.</exception>
    public static string ReadOld(string path) => Read(path, file => File.ReadAllText(file).Trim());

    private static string Read(string path, Func<string, string?> read)
    {
        try
        {
            return read(path) is { Length: > 0 } passphrase
                ? passphrase
                : throw new InvalidConfigurationException($"The passphrase file {path} is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidConfigurationException($"The passphrase file {path} cannot be read.");
        }
    }
}
