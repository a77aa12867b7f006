using NymDirectory.EndToEnd.Harness;
using NymDirectory.Local.Processes;

namespace NymDirectory.Compose.Harness;

/// <summary>A node as the users of one of its Gateways reach it: by that Gateway's address, under the node's one key.</summary>
internal sealed class GatewayInContainer : ReachableNode
{
    private GatewayInContainer(string hub, string usersFolder, Canaries canaries)
    {
        (HubAddress, UsersFolder, Canaries) = (hub, usersFolder, canaries);
    }

    public override ServicePrograms Programs { get; } = ServicePrograms.Of(typeof(GatewayInContainer).Assembly);

    public override string HubAddress { get; }

    public override string UsersFolder { get; }

    public override IReadOnlyDictionary<string, string> UsersMark { get; } = new Dictionary<string, string>();

    public static async Task<GatewayInContainer> FindAsync(ComposeProject project, string service, string usersFolder, Canaries canaries)
    {
        var gateway = new GatewayInContainer(await project.PortAsync("hub", 17790), usersFolder, canaries);
        gateway.Published(
            await project.ReadFileAsync(service, "/data/nym_address.txt"), await project.ReadFileAsync(service, "/data/node_public_key.pem"));
        return gateway;
    }
}
