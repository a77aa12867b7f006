using System.ComponentModel;
using System.Text;
using Microsoft.Extensions.Options;
using NymDirectory.Gateway.NymClient.Processes;

namespace NymDirectory.Gateway.NymClient.Configuration;

/// <summary>
/// Sees to it before each start that nym-client's config.toml says how reply blocks are kept: nym-client reads that section but does not write it, and leaves it
/// out when it renews the file after an update.
/// </summary>
internal sealed class ConfigurationFile(IOptions<NymClientOptions> options, ILogger<ConfigurationFile> logger)
{
    private readonly string _path = new NymClientCommand(options.Value).ConfigurationFile;

    /// <summary>Never stands in the way of a start: what cannot be completed is said and left as it is.</summary>
    public void Complete()
    {
        try
        {
            CompleteOrThrow();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or Win32Exception or DecoderFallbackException)
        {
            logger.ConfigurationLeft(failure.GetType().Name);
        }
    }

    private void CompleteOrThrow()
    {
        // A link is followed: it is the file behind it that is replaced.
        string path = File.ResolveLinkTarget(_path, returnFinalTarget: true)?.FullName ?? _path;
        if (WholeFile.Read(path) is not { } bytes)
        {
            logger.ConfigurationLeft("missing");
            return;
        }

        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        string text = utf8.GetString(bytes);
        if (ReplySurbSection.Complete(text, options.Value.ReplySurbThreshold, options.Value.ReplySurbBuffer) is not { } completed)
        {
            logger.ConfigurationLeft("not understood");
        }
        else if (completed != text)
        {
            WholeFile.Write(path, utf8.GetBytes(completed), OperatingSystem.IsWindows() ? WholeFile.OwnerOnly : File.GetUnixFileMode(path));
            logger.ConfigurationCompleted();
        }
    }
}
