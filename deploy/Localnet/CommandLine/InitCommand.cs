using System.CommandLine;
using NymDirectory.Localnet.Client.Identity;

namespace NymDirectory.Localnet.CommandLine;

/// <summary><c>init</c>: makes a client.</summary>
internal static class InitCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var shared = new ClientOptions();
        var gateway = new Option<string?>("--gateway")
        {
            Description = "Identity key of a Nym gateway: the last part of the address. Default: a random one.",
        };
        var output = new Option<string>("--output", "-o") { Description = "How the result is printed.", DefaultValueFactory = _ => "text" };
        output.AcceptOnlyFromAmong("text", "json");
        var command = new Command("init", "Make a client: its keys and configuration, under $HOME/.nym/clients/ID/. Fails if there is one of that id.")
        {
            gateway,
            output,
        };
        shared.AddTo(command);
        command.SetAction(parsed =>
        {
            var result = Init(shared.Folder(parsed), shared.Configuration(parsed, new ClientConfiguration()), parsed.GetValue(gateway));
            Console.Error.Write(NotAnonymous.Loud);
            Console.Out.WriteLine(parsed.GetValue(output) == "json" ? result.ToJson() : result.ToText());
        });
        return command;
    }

    private static InitResult Init(ClientFolder folder, ClientConfiguration configuration, string? gateway)
    {
        if (folder.Exists)
        {
            throw new UserErrorException($"The client '{folder.Id}' is already initialised, in {folder.Path}");
        }

        var address = ClientAddress.Create(gateway);
        folder.Create();
        ClientAddress.Write(folder, address);

        // Last: its existence says that the client is complete.
        ConfigurationFile.Write(folder, configuration);
        return new InitResult(folder.Id, address, configuration.Port);
    }
}
