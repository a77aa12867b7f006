using NymDirectory.Local.Node;

namespace NymDirectory.EndToEnd.Harness;

/// <summary>Hands out ports for whole nodes: below the range from which the system hands out its own, and each block once.</summary>
internal static class PortBlock
{
    private const int First = 11_000;
    private const int Last = 19_900;
    private const int Size = 60;
    private const int NymClientOffset = 58;

    private static int _next = First + (Random.Shared.Next((Last - First) / Size) * Size);

    /// <summary>The ports of a node, all free at this moment.</summary>
    public static NodePorts Take(int relays)
    {
        for (var tries = 0; tries < (Last - First) / Size; tries++)
        {
            var first = First + ((Interlocked.Add(ref _next, Size) - First) % (Last - First));
            var ports = new NodePorts(first, relays, first + NymClientOffset);
            if (ports.AreFree())
            {
                return ports;
            }
        }

        throw new InvalidOperationException("No block of ports is free.");
    }
}
