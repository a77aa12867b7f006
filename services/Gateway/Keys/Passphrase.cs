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
    public static string Read(string path)
    {
        try
        {
            var passphrase = File.ReadLines(path).FirstOrDefault();
            return string.IsNullOrEmpty(passphrase)
                ? throw new InvalidConfigurationException($"The passphrase file {path} is empty.")
                : passphrase;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidConfigurationException($"The passphrase file {path} cannot be read.");
        }
    }
}
