using System.Buffers.Binary;
using NymDirectory.Mixnet;

namespace NymDirectory.Localnet.Packets;

/// <summary>Writes a <see cref="MixMessage"/> as bytes: a kind, fixed fields, the content last.</summary>
internal static class MixMessageWriter
{
    /// <summary>The bytes, a copy of everything in the message.</summary>
    public static byte[] Write(MixMessage message) => message switch
    {
        PlainMessage plain => Plain(plain),
        AnonymousMessage sent => WithBlocks(MixMessageKind.Anonymous, sent.Tag, sent.ReturnAddress, sent.Keys, sent.Content.Span),
        ReplyBlocksMessage blocks => WithBlocks(MixMessageKind.ReplyBlocks, blocks.Tag, blocks.ReturnAddress, blocks.Keys, []),
        ReplyMessage reply => Reply(reply),
        ReplyBlockRequest request => Request(request),
        _ => throw new ArgumentException("There is no such message.", nameof(message)),
    };

    private static byte[] Plain(PlainMessage message)
    {
        var bytes = Begin(MixMessageKind.Plain, message.Content.Length);
        message.Content.Span.CopyTo(bytes.AsSpan(1));
        return bytes;
    }

    private static byte[] WithBlocks(MixMessageKind kind, SenderTag tag, NymAddress address, ulong[] keys, ReadOnlySpan<byte> content)
    {
        var bytes = Begin(kind, SenderTag.Size + NymAddress.Size + KeysSize(keys) + content.Length);
        var rest = bytes.AsSpan(1);
        tag.CopyTo(rest);
        rest = rest[SenderTag.Size..];
        address.Bytes.CopyTo(rest);
        content.CopyTo(WriteKeys(rest[NymAddress.Size..], keys));
        return bytes;
    }

    private static byte[] Reply(ReplyMessage message)
    {
        var bytes = Begin(MixMessageKind.Reply, KeysSize(message.Keys) + message.Content.Length);
        message.Content.Span.CopyTo(WriteKeys(bytes.AsSpan(1), message.Keys));
        return bytes;
    }

    private static byte[] Request(ReplyBlockRequest message)
    {
        var bytes = Begin(MixMessageKind.ReplyBlockRequest, sizeof(ulong) + NymAddress.Size + sizeof(int));
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(1), message.Key);
        message.Asker.Bytes.CopyTo(bytes.AsSpan(1 + sizeof(ulong)));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(bytes.Length - sizeof(int)), message.Amount);
        return bytes;
    }

    private static byte[] Begin(MixMessageKind kind, int length)
    {
        var bytes = new byte[1 + length];
        bytes[0] = (byte)kind;
        return bytes;
    }

    private static int KeysSize(ulong[] keys) => sizeof(int) + (keys.Length * sizeof(ulong));

    private static Span<byte> WriteKeys(Span<byte> destination, ulong[] keys)
    {
        BinaryPrimitives.WriteInt32BigEndian(destination, keys.Length);
        destination = destination[sizeof(int)..];
        foreach (var key in keys)
        {
            BinaryPrimitives.WriteUInt64BigEndian(destination, key);
            destination = destination[sizeof(ulong)..];
        }

        return destination;
    }
}
