using CsCheck;
using NymDirectory.Localnet.Packets;
using NymDirectory.Localnet.Tests.Rig;

namespace NymDirectory.Localnet.Tests.Packets;

public class MixMessageTests
{
    private static readonly Gen<MixMessage> Messages =
        Gen.Select(Gen.Byte.Array, Gen.ULong.Array[0, 20], Gen.Int[0, 4], Create);

    [Fact]
    public void TryRead_WhatWasWritten_IsTheSame() => Messages.Sample(message =>
    {
        var written = MixMessageWriter.Write(message);
        return MixMessageReader.TryRead(written, out var read)
            && read.GetType() == message.GetType()
            && MixMessageWriter.Write(read).AsSpan().SequenceEqual(written);
    });

    [Fact]
    public void TryRead_AnyBytes_DoesNotThrow() => Gen.Byte.Array[0, 300].Sample(bytes =>
    {
        _ = MixMessageReader.TryRead(bytes, out _);
    });

    private static MixMessage Create(byte[] content, ulong[] keys, int kind) => kind switch
    {
        0 => new PlainMessage(content),
        1 => new AnonymousMessage(Some.Tag(), Some.Address(), keys, content),
        2 => new ReplyBlocksMessage(Some.Tag(), Some.Address(), keys),
        3 => new ReplyMessage(keys, content),
        _ => new ReplyBlockRequest((ulong)content.Length, Some.Address(), keys.Length),
    };

    [Fact]
    public void TryRead_CutOffKeys_IsFalse()
    {
        var written = MixMessageWriter.Write(new ReplyMessage([1, 2, 3], default));

        Assert.False(MixMessageReader.TryRead(written.AsMemory(0, written.Length - 1), out _));
    }
}
