using System.Collections.Concurrent;
using System.Security.Cryptography;
using NymDirectory.Mixnet;

namespace NymDirectory.Gateway.NymClient.Link;

/// <summary>
/// Messages that the Gateway sends to itself through nym-client. They are known by a nonce that nobody else can know, and never get to those who
/// handle what clients send.
/// </summary>
internal sealed class OwnMessages
{
    private const int NonceSize = 16;

    private readonly ConcurrentDictionary<UInt128, TaskCompletionSource<SenderTag?>> _awaited = new();

    private static ReadOnlySpan<byte> Prefix => "\0nymdirectory to itself\0"u8;

    /// <summary>A new message, and the task that ends with the tag it carried (a reply carries none) when it arrives.</summary>
    public (byte[] Message, Task<SenderTag?> Arrived) Create()
    {
        byte[] message = new byte[Prefix.Length + NonceSize];
        Prefix.CopyTo(message);
        RandomNumberGenerator.Fill(message.AsSpan(Prefix.Length));

        // The reader sets it and must go on.
        var arrived = new TaskCompletionSource<SenderTag?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited[NonceOf(message)] = arrived;
        return (message, arrived.Task);
    }

    /// <summary>Nobody waits for it any more.</summary>
    public void Forget(ReadOnlySpan<byte> message) => _awaited.TryRemove(NonceOf(message), out _);

    /// <summary>Whether this is one of ours; then it goes no further.</summary>
    public bool TryTake(ReceivedResponse received)
    {
        var message = received.Message.Span;
        if (message.Length != Prefix.Length + NonceSize || !message.StartsWith(Prefix) || !_awaited.TryRemove(NonceOf(message), out var arrived))
        {
            return false;
        }

        arrived.SetResult(received.SenderTag);
        return true;
    }

    private static UInt128 NonceOf(ReadOnlySpan<byte> message) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(message[Prefix.Length..]);
}
