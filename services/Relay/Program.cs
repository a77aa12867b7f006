using NymDirectory.Hosting;
using NymDirectory.Relay;

return await ServiceHost.RunAsync(RelayApp.Description, args, arguments => RelayApp.Build(arguments));
