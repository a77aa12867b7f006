using System.CommandLine;
using NymDirectory.Local;
using NymDirectory.Local.CommandLine;

// Stopping in order takes as long as nym-client's flush does: nobody may cut it short but a second Ctrl+C.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) };
return await LocalCommand.Create(LocalRun.RunAsync).Parse(args).InvokeAsync(invocation);
