using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using NymDirectory.Mixnet;

namespace NymDirectory.Localnet.Packets;

/// <summary>Reads what <see cref="MixMessageWriter"/> wrote. Contents are slices of what was read.</summary>
internal static class MixMessageReader
{
    private const int BlocksHeader = SenderTag.Size + NymAddress.Size;

    /// <summary>False for anything that no client of this version writes.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out MixMessage? message)
    {
        message = bytes.IsEmpty ? null : Read((MixMessageKind)bytes.Span[0], bytes[1..]);
        return message is not null;
    }

    private static MixMessage? Read(MixMessageKind kind, ReadOnlyMemory<byte> rest) => kind switch
    {
        MixMessageKind.Plain => new PlainMessage(rest),
        MixMessageKind.Anonymous or MixMessageKind.ReplyBlocks => WithBlocks(kind, rest),
        MixMessageKind.Reply => TryReadKeys(rest, out var keys, out var content) ? new ReplyMessage(keys, content) : null,
        MixMessageKind.ReplyBlockRequest => Request(rest.Span),
        _ => null,
    };

    private static MixMessage? WithBlocks(MixMessageKind kind, ReadOnlyMemory<byte> rest)
    {
        if (rest.Length < BlocksHeader || !TryReadKeys(rest[BlocksHeader..], out var keys, out var content))
        {
            return null;
        }

        var tag = SenderTag.FromBytes(rest.Span[..SenderTag.Size]);
        var address = NymAddress.FromBytes(rest.Span[SenderTag.Size..BlocksHeader]);
        return kind == MixMessageKind.Anonymous
            ? new AnonymousMessage(tag, address, keys, content)
            : new ReplyBlocksMessage(tag, address, keys);
    }

    private static ReplyBlockRequest? Request(ReadOnlySpan<byte> rest)
    {
        if (rest.Length != sizeof(ulong) + NymAddress.Size + sizeof(int))
        {
            return null;
        }

        return new ReplyBlockRequest(
            BinaryPrimitives.ReadUInt64BigEndian(rest),
            NymAddress.FromBytes(rest.Slice(sizeof(ulong), NymAddress.Size)),
            BinaryPrimitives.ReadInt32BigEndian(rest[^sizeof(int)..]));
    }

    private static bool TryReadKeys(ReadOnlyMemory<byte> bytes, out ulong[] keys, out ReadOnlyMemory<byte> rest)
    {
        keys = [];
        rest = default;
        var count = bytes.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32BigEndian(bytes.Span);
        if (count < 0 || count > (bytes.Length - sizeof(int)) / sizeof(ulong))
        {
            return false;
        }

        rest = bytes[sizeof(int)..];
        keys = new ulong[count];
        for (var i = 0; i < count; i++)
        {
            keys[i] = BinaryPrimitives.ReadUInt64BigEndian(rest.Span);
            rest = rest[sizeof(ulong)..];
        }

        return true;
    }
}
