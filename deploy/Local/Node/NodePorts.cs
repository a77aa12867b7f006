using System.Net;
using System.Net.Sockets;

namespace NymDirectory.Local.Node;

/// <summary>Which ports a node on one machine uses: gRPC from the first one on, health ten further, more Relays behind both.</summary>
internal sealed record NodePorts(int First, int Relays, int NymClient)
{
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

    internal int Relay(int index) => index == 0 ? First + 2 : First + MoreRelaysOffset + index;

    internal int RelayHealth(int index) => index == 0 ? Relay(0) + HealthOffset : First + MoreRelaysHealthOffset + index;

    /// <summary>Throws when one of them is taken, naming it: better one line now than five services that fail.</summary>
    internal void CheckFree(bool withHub)
    {
        var all = new List<int> { Gateway, Directory, GatewayHealth, DirectoryHealth };
        all.AddRange(Enumerable.Range(0, Relays).SelectMany(index => new[] { Relay(index), RelayHealth(index) }));
        if (withHub)
        {
            all.Add(Hub);
        }

        foreach (var port in all.Where(port => !IsFree(port)))
        {
            throw new LocalException($"port {port} is in use: end what uses it, or choose others with --port.");
        }
    }

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
