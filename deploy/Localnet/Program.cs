using NymDirectory.Localnet.CommandLine;
using NymDirectory.Localnet.Signals;

// Before anything of .NET looks at signals: see NativeProcess.
NativeProcess.ResetInterrupt();
return await LocalnetCommand.InvokeAsync(args);
