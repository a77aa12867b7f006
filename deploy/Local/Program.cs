using System.CommandLine;
using NymDirectory.Local;
using NymDirectory.Local.CommandLine;

var command = LocalCommand.Create(LocalRun.RunAsync).Parse(args);
if (command.Errors is [var error, ..])
{
    await Console.Error.WriteLineAsync($"nymdirectory: {error.Message} --help shows the options.");
    return 1;
}

// Stopping in order takes as long as nym-client's flush does: nobody may cut it short but a second Ctrl+C.
return await command.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
