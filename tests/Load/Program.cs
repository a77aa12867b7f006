using System.CommandLine;
using NymDirectory.Load.CommandLine;

// A node and its users' clients are stopped in order, which takes longer than the two seconds that there are by default.
return await LoadCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
