using NymDirectory.Load;

return await LoadCommand.Create().Parse(args).InvokeAsync();
