using NymDirectory.DirectoryService;
using NymDirectory.Hosting;

return await ServiceHost.RunAsync(DirectoryApp.Service, args, arguments => DirectoryApp.Build(arguments));
