using System.Collections.Concurrent;
using NymDirectory.Mixnet;

namespace NymDirectory.Client.Tests.Fakes;

/// <summary>Joins clients and a node in this process.</summary>
internal sealed class MemoryMixnet
{
    private readonly ConcurrentDictionary<NymAddress, MemoryTransport> _clients = new();
    private byte _next = 10;

    public MemoryMixnet() => Node = new FakeNode();

    public FakeNode Node { get; }

    /// <summary>Addresses whose messages get lost.</summary>
    public ConcurrentDictionary<NymAddress, bool> Unreachable { get; } = new();

    public MemoryTransport Join()
    {
        var transport = new MemoryTransport(this, People.AddressOf(_next++));
        _clients[transport.Address] = transport;
        return transport;
    }

    public void Carry(NymAddress recipient, ReadOnlyMemory<byte> message)
    {
        if (!Unreachable.ContainsKey(recipient) && _clients.TryGetValue(recipient, out var client))
        {
            client.Bring(message);
        }
    }
}
