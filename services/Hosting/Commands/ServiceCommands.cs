using System.CommandLine;
using Microsoft.Extensions.Configuration;

namespace NymDirectory.Hosting.Commands;

/// <summary>
/// What a service's program does when its first argument is a word: one thing, and then it ends. No host is built and nothing is
/// listened on; the service itself may be running beside it.
/// </summary>
public static class ServiceCommands
{
    // As shells have it: 128 and the number of SIGINT.
    private const int Stopped = 130;

    /// <summary>Whether the arguments name a command (or ask which there are) and do not only configure the service.</summary>
    public static bool AreAsked(string[] args) => args is ["--help" or "-h" or "-?", ..]
        || (args is [{ Length: > 0 } word, ..] && char.IsAsciiLetter(word[0]) && !word.Contains('=', StringComparison.Ordinal));

    /// <summary>Runs one command to its end.</summary>
    /// <param name="service">Whose program this is.</param>
    /// <param name="args">The command line: the command with its own arguments, and settings as <c>--Section:Key=value</c>.</param>
    /// <param name="create">Makes the commands; they get the configuration that the service would have.</param>
    /// <returns>The exit code: 1 after anything that an operator has to mend, 130 when it was stopped, each said in one line on stderr.</returns>
    public static async Task<int> RunAsync(ServiceDescription service, string[] args, Func<IConfiguration, IEnumerable<Command>> create)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(create);
        try
        {
            return await InvokeAsync(service, args, create);
        }
        catch (OperationCanceledException)
        {
            await FailAsync(service, "stopped before it was done.");
            return Stopped;
        }
        catch (CommandFailedException e)
        {
            return await FailAsync(service, e.Message);
        }
        catch (Exception e) when (StartFailure.TryExplain(e, out var line))
        {
            return await FailAsync(service, line);
        }
    }

    private static async Task<int> InvokeAsync(ServiceDescription service, string[] args, Func<IConfiguration, IEnumerable<Command>> create)
    {
        var settings = args.ToLookup(IsSetting);
        var root = new RootCommand($"Without a command: runs {service.Name}. Settings are given as to the service itself.");
        foreach (var command in create(ServiceConfiguration.Read([.. settings[true]])))
        {
            root.Add(command);
        }

        var parsed = root.Parse([.. settings[false]]);
        return parsed.Errors is [.., var error]
            ? await FailAsync(service, $"{error.Message} --help shows the commands.")
            : await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static bool IsSetting(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
        && argument.IndexOf('=', StringComparison.Ordinal) > colon;

    private static async Task<int> FailAsync(ServiceDescription service, string line)
    {
        await Console.Error.WriteLineAsync($"{service.Name}: {line}");
        return 1;
    }
}
