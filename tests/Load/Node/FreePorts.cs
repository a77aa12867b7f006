using NymDirectory.Local.Node;

namespace NymDirectory.Load.Node;

/// <summary>Ports for a whole node: below those of the tests of the whole node, and of those that the system hands out.</summary>
internal static class FreePorts
{
    private const int First = 10_100;
    private const int Last = 11_000;
    private const int Block = 60;
    private const int NymClientOffset = 58;

    /// <summary>A block that is free at this moment; null when none is.</summary>
    public static NodePorts? Find(int relays, int gateways = 1)
    {
        for (var first = First; first < Last; first += Block)
        {
            var ports = new NodePorts(first, relays, first + NymClientOffset, gateways);
            if (ports.AreFree())
            {
                return ports;
            }
        }

        return null;
    }
}
