using Microsoft.Extensions.Options;
using NymDirectory.Gateway.NymClient.Processes;

namespace NymDirectory.Gateway.NymClient;

/// <summary>What annotations cannot say about the settings: whether the program is there, and whether this system can run it.</summary>
internal sealed class NymClientOptionsCheck : IValidateOptions<NymClientOptions>
{
    public ValidateOptionsResult Validate(string? name, NymClientOptions options)
    {
        if (Uri.CheckHostName(options.Host) == UriHostNameType.Unknown)
        {
            return ValidateOptionsResult.Fail($"NymClient__Host: '{options.Host}' is neither a name nor an address.");
        }

        if (!options.Managed)
        {
            return ValidateOptionsResult.Success;
        }

        if (!OperatingSystem.IsLinux())
        {
            return ValidateOptionsResult.Fail("NymClient__Managed: running nym-client takes Linux. Set it to false to connect to one that runs elsewhere.");
        }

        return new NymClientCommand(options).Program is null
            ? ValidateOptionsResult.Fail(
                $"NymClient__Binary: there is no program '{options.Binary}'. Name the path of nym-client, or set NymClient__Managed=false to connect to one that runs.")
            : ValidateOptionsResult.Success;
    }
}
