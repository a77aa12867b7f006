using System.CommandLine;
using NymDirectory.Local.Node;

namespace NymDirectory.Local.CommandLine;

/// <summary><c>walkthrough</c>: shows the conversation through a node that somebody else runs on a local mixnet, such as compose's.</summary>
internal static class WalkthroughCommand
{
    private const string HubVariable = "NYM_LOCALNET_HUB";

    internal static Command Create(Func<NodeAccess, NodeAccess, CancellationToken, Task<int>> run)
    {
        var nodes = new Option<string[]>("--node")
        {
            Description = "The node's folder, with nym_address.txt and node_public_key.pem. Given twice: alice writes through the first Gateway, bob through the second.",
            HelpName = "DIR",
            Required = true,
            Arity = ArgumentArity.OneOrMore,
        };
        var hub = new Option<string>("--hub")
        {
            Description = $"Where the hub of the local mixnet is; default: what {HubVariable} says, or 127.0.0.1:17790.",
            HelpName = "HOST:PORT",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable(HubVariable) is { Length: > 0 } set ? set : "127.0.0.1:17790",
        };
        var home = new Option<string>("--home")
        {
            Description = "Where the two users' nym-clients keep their files.",
            HelpName = "DIR",
            DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "nymdirectory-users"),
        };
        var command = new Command("walkthrough", "Show the conversation through a node that is running on a local mixnet, and end.") { nodes, hub, home };
        command.Validators.Add(result =>
        {
            if (result.GetValue(nodes) is { Length: > 2 })
            {
                result.AddError("--node takes one folder or two.");
            }
        });
        command.SetAction((result, cancellationToken) =>
        {
            var access = result.GetRequiredValue(nodes).Select(folder => new NodeAccess(
                result.GetRequiredValue(hub),
                Path.Combine(folder, "nym_address.txt"),
                Path.Combine(folder, "node_public_key.pem"),
                Path.GetFullPath(result.GetRequiredValue(home)))).ToList();
            return run(access[0], access[^1], cancellationToken);
        });
        return command;
    }
}
