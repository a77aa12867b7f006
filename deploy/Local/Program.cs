using System.CommandLine;
using System.Runtime.InteropServices;
using NymDirectory.Local;
using NymDirectory.Local.CommandLine;

var command = LocalCommand.Create(LocalRun.RunAsync, WalkthroughRun.RunAsync).Parse(args);
if (command.Errors is [.., var error])
{
    // Of several, the last is ours: it says what an option takes, the parser's own only that it failed.
    await Console.Error.WriteLineAsync($"nymdirectory: {error.Message} --help shows the options.");
    return 1;
}

// A terminal that is closed means the same as Ctrl+C, or the node would be left behind without anybody who stops it.
using var hungUp = new CancellationTokenSource();
using var registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
{
    signal.Cancel = true;
    hungUp.Cancel();
});

// Stopping in order takes as long as nym-client's flush does: nobody may cut it short but a second Ctrl+C.
return await command.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) }, hungUp.Token);
