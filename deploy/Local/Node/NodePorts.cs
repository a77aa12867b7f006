using System.Net;
using System.Net.Sockets;

namespace NymDirectory.Local.Node;

/// <summary>
/// Which ports a node on one machine uses: gRPC from the first one on, health ten further, more Relays behind both. Of more than one Gateway, each with a
/// nym-client of its own, the further ones lie between.
/// </summary>
internal sealed record NodePorts(int First, int Relays, int NymClient, int Gateways = 1)
{
    /// <summary>So many Gateways fit between the other ports.</summary>
    internal const int MostGateways = 4;

    private const int MoreGatewaysOffset = 2;
    private const int MoreNymClientsOffset = 5;
    private const int HealthOffset = 10;
    private const int MoreRelaysOffset = 20;
    private const int MoreRelaysHealthOffset = 40;

    // 17790 at the default first port of 5100: what Localnet's own clients look for.
    private const int HubOffset = 12690;

    internal int Gateway => First;

    internal int Directory => First + 1;

    internal int Hub => First + HubOffset;

    internal int GatewayHealth => Gateway + HealthOffset;

    internal int DirectoryHealth => Directory + HealthOffset;

    internal int GatewayOf(int index) => index == 0 ? Gateway : First + MoreGatewaysOffset + index;

    internal int GatewayHealthOf(int index) => GatewayOf(index) + HealthOffset;

    internal int NymClientOf(int index) => index == 0 ? NymClient : First + MoreNymClientsOffset + index;

    internal int Relay(int index) => index == 0 ? First + 2 : First + MoreRelaysOffset + index;

    internal int RelayHealth(int index) => index == 0 ? Relay(0) + HealthOffset : First + MoreRelaysHealthOffset + index;

    /// <summary>Throws when one of them is taken, naming it: better one line now than five services that fail.</summary>
    internal void CheckFree(bool withHub)
    {
        foreach (var port in All(withHub).Where(port => !IsFree(port)))
        {
            throw new LocalException($"port {port} is in use: end what uses it, or choose others with --port.");
        }
    }

    /// <summary>Whether all of them are free at this moment, those of the hub and of nym-client among them.</summary>
    internal bool AreFree() => All(withHub: true).Append(NymClient).All(IsFree);

    private List<int> All(bool withHub) =>
    [
        Directory,
        DirectoryHealth,
        .. Enumerable.Range(0, Gateways).SelectMany(index => new[] { GatewayOf(index), GatewayHealthOf(index) }),
        .. Enumerable.Range(1, Gateways - 1).Select(NymClientOf),
        .. Enumerable.Range(0, Relays).SelectMany(index => new[] { Relay(index), RelayHealth(index) }),
        .. withHub ? new[] { Hub } : [],
    ];

    /// <summary>Whether a program could listen there. Nothing connects to it: that would abort a nym-client.</summary>
    internal static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
