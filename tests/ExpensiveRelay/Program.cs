using NymDirectory.ExpensiveRelay;
using NymDirectory.Hosting;
using NymDirectory.Relay;
using NymDirectory.Relay.Forwarding;

// The Relay's own composition, with one part of it in the place of another.
return await ServiceHost.RunAsync(RelayApp.Description, args, arguments => RelayApp.Build(arguments, builder =>
{
    builder.Services.AddOptions<ExpensiveCheckOptions>().BindConfiguration(ExpensiveCheckOptions.Section).ValidateDataAnnotations().ValidateOnStart();
    builder.Services.AddSingleton<SimulatedCore>().AddSingleton<SenderCheck, ExpensiveSenderCheck>();
}));
