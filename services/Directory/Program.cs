using NymDirectory.DirectoryService;
using NymDirectory.DirectoryService.CommandLine;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.Hosting;
using NymDirectory.Hosting.Commands;

// As "backup FILE" and the like this binary does one thing and ends, also while the service runs beside it.
return ServiceCommands.AreAsked(args)
    ? await DirectoryCommands.RunAsync(args)
    : await ServiceHost.RunAsync(DirectoryApp.Service, args, arguments => DirectoryApp.Build(arguments, MigrationProcess.Use));
