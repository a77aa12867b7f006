using System.Text;
using NymDirectory.Mixnet;

namespace NymDirectory.Localnet.ReplyBlocks;

/// <summary>The rows of a flushed store: one for each tag, then the keys in chunks. Each begins with its kind.</summary>
internal static class StoreRows
{
    private const int KeysInRow = 1000;
    private const byte TagRow = 1;
    private const byte KeysRow = 2;

    /// <summary>Everything to write, one action for each row.</summary>
    public static IEnumerable<Action<BinaryWriter>> Of(IEnumerable<StoredTag> tags, ulong[] keys) =>
        tags.Select(tag => (Action<BinaryWriter>)(writer => Write(writer, tag)))
            .Concat(keys.Chunk(KeysInRow).Select(chunk => (Action<BinaryWriter>)(writer => Write(writer, chunk))));

    /// <summary>Reads everything back.</summary>
    /// <exception cref="IOException">The file is not what a flush wrote.</exception>
    public static void Read(Stream stream, Action<StoredTag> onTag, Action<ulong[]> onKeys)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        while (stream.Position < stream.Length)
        {
            switch (reader.ReadByte())
            {
                case TagRow:
                    onTag(ReadTag(reader));
                    break;
                case KeysRow:
                    onKeys(ReadKeys(reader));
                    break;
                default:
                    throw new InvalidDataException("The reply store has a row of no known kind.");
            }
        }
    }

    private static void Write(BinaryWriter writer, StoredTag tag)
    {
        writer.Write(TagRow);
        writer.Write(tag.Tag.ToArray());
        writer.Write(tag.LastReceived.UtcTicks);
        writer.Write(tag.Blocks.Count);
        foreach (var block in tag.Blocks)
        {
            writer.Write(block.ReturnAddress.Bytes);
            writer.Write(block.Key);
        }
    }

    private static void Write(BinaryWriter writer, ulong[] keys)
    {
        writer.Write(KeysRow);
        writer.Write(keys.Length);
        Array.ForEach(keys, writer.Write);
    }

    private static StoredTag ReadTag(BinaryReader reader)
    {
        var tag = SenderTag.FromBytes(reader.ReadBytes(SenderTag.Size));
        var received = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
        var blocks = new ReplyBlock[reader.ReadInt32()];
        NymAddress? address = null;
        for (var i = 0; i < blocks.Length; i++)
        {
            // Nearly all blocks of a tag lead to one address: one object for all of them.
            var bytes = reader.ReadBytes(NymAddress.Size);
            address = address is not null && address.Bytes.SequenceEqual(bytes) ? address : NymAddress.FromBytes(bytes);
            blocks[i] = new ReplyBlock(address, reader.ReadUInt64());
        }

        return new StoredTag(tag, received, blocks);
    }

    private static ulong[] ReadKeys(BinaryReader reader)
    {
        var keys = new ulong[reader.ReadInt32()];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = reader.ReadUInt64();
        }

        return keys;
    }
}
