using System.CommandLine;

namespace NymDirectory.Localnet.CommandLine;

/// <summary>The whole command line.</summary>
internal static class LocalnetCommand
{
    /// <summary>Parses and runs. Whatever the caller can put right is one line on stderr and exit code 1.</summary>
    public static async Task<int> InvokeAsync(string[] args)
    {
        var parsed = Create().Parse(args is ["help", .. var rest] ? [.. rest, "--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            return Refuse($"{parsed.Errors[0].Message} Try '--help'.");
        }

        try
        {
            // Signals are ours: the library would end the process two seconds after the first one, in the middle of the flush.
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
        }
        catch (UserErrorException e)
        {
            return Refuse(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse(e.Message);
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }

    private static RootCommand Create() => new(
        "A stand-in for nym-client and the mixnet on one machine, for development and tests. " + NotAnonymous.Short + "\n\n"
        + "Start a hub, then clients: 'hub', 'init --id a', 'run --id a'. They find the hub by NYM_LOCALNET_HUB, or at 127.0.0.1:17790.")
    {
        InitCommand.Create(),
        RunCommand.Create(),
        HubCommand.Create(),
        FaultsCommand.Create(),
        new Command("help", "Show this, or the help of a command: 'help run'."),
    };

    private static int Refuse(string message)
    {
        Console.Error.WriteLine($"error: {message}");
        return 1;
    }
}
