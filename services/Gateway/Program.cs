using NymDirectory.Gateway;
using NymDirectory.Gateway.Keys.CommandLine;
using NymDirectory.Gateway.NymClient.Processes;
using NymDirectory.Hosting;
using NymDirectory.Hosting.Commands;

// As "exec PROGRAM ARGS" this binary becomes nym-client in a process group of its own; it returns only when it is not that.
return ExecMode.TryRun(args) ?? (ServiceCommands.AreAsked(args)
    ? await KeyCommand.RunAsync(args)
    : await ServiceHost.RunAsync(GatewayApp.Description, args, arguments => GatewayApp.Build(arguments)));
