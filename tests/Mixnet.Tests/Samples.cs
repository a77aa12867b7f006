using System.Buffers;
using System.Text;
using CsCheck;

namespace NymDirectory.Mixnet.Tests;

/// <summary>Addresses, tags, requests and responses: a few fixed ones, and generators of any.</summary>
internal static class Samples
{
    public static readonly NymAddress Address = NymAddress.FromBytes([.. Enumerable.Range(1, NymAddress.Size).Select(i => (byte)i)]);

    public static readonly SenderTag Tag = SenderTag.FromBytes([.. Enumerable.Range(0xA0, SenderTag.Size).Select(i => (byte)i)]);

    public static readonly Gen<NymAddress> AnyAddress = Gen.Byte.Array[NymAddress.Size].Select(bytes => NymAddress.FromBytes(bytes));

    public static readonly Gen<SenderTag> AnyTag = Gen.Byte.Array[SenderTag.Size].Select(bytes => SenderTag.FromBytes(bytes));

    public static readonly Gen<ReadOnlyMemory<byte>> AnyBytes = Gen.Byte.Array[0, 300].Select(bytes => (ReadOnlyMemory<byte>)bytes);

    /// <summary>Text of every kind of character, none of them a lone surrogate, as UTF-8.</summary>
    public static readonly Gen<ReadOnlyMemory<byte>> AnyText = Gen.Int[0, 0x10FFFF].Where(Rune.IsValid).Select(value => new Rune(value)).Array[0, 60]
        .Select(runes => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(string.Concat(runes)));

    /// <summary>No lane, or one; 0 is left out because the binary form cannot say it.</summary>
    public static readonly Gen<ulong?> AnyLane = Gen.OneOf(Gen.Const(() => (ulong?)null), Gen.ULong[1, ulong.MaxValue].Select(lane => (ulong?)lane));

    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    public static Gen<NymRequest> RequestsWithMessages(Gen<ReadOnlyMemory<byte>> message) => Gen.OneOf(
        Gen.Select(AnyAddress, message, AnyLane).Select((address, bytes, lane) => (NymRequest)new SendRequest(address, bytes, lane)),
        Gen.Select(AnyAddress, message, Gen.UInt, AnyLane)
            .Select((address, bytes, surbs, lane) => (NymRequest)new SendAnonymousRequest(address, bytes, surbs, lane)),
        Gen.Select(AnyTag, message, AnyLane).Select((tag, bytes, lane) => (NymRequest)new ReplyRequest(tag, bytes, lane)),
        Gen.Const((NymRequest)new SelfAddressRequest()));

    public static Gen<NymRequest> RequestsWithoutMessages { get; } = Gen.OneOf(
        Gen.ULong.Select(lane => (NymRequest)new ClosedConnectionRequest(lane)),
        Gen.ULong.Select(lane => (NymRequest)new LaneQueueLengthRequest(lane)));

    public static Gen<NymResponse> Responses(Gen<ReadOnlyMemory<byte>> message) => Gen.OneOf(
        Gen.Select(message, Gen.OneOf(Gen.Const(() => (SenderTag?)null), AnyTag.Select(tag => (SenderTag?)tag)))
            .Select((bytes, tag) => (NymResponse)new ReceivedResponse(bytes, tag)),
        AnyAddress.Select(address => (NymResponse)new SelfAddressResponse(address)),
        Gen.Select(Gen.ULong, Gen.ULong).Select((lane, length) => (NymResponse)new LaneQueueLengthResponse(lane, length)),
        Gen.Select(OneOf(Enum.GetValues<NymErrorCode>()[1..]), AnyText)
            .Select((code, text) => (NymResponse)new ErrorResponse(code, Encoding.UTF8.GetString(text.Span))));

    /// <summary>Requests of the same content: records compare memory by where it is.</summary>
    public static bool Same(NymRequest left, NymRequest right) => (left, right) switch
    {
        (SendRequest l, SendRequest r) => l with { Message = r.Message } == r && l.Message.Span.SequenceEqual(r.Message.Span),
        (SendAnonymousRequest l, SendAnonymousRequest r) => l with { Message = r.Message } == r && l.Message.Span.SequenceEqual(r.Message.Span),
        (ReplyRequest l, ReplyRequest r) => l with { Message = r.Message } == r && l.Message.Span.SequenceEqual(r.Message.Span),
        _ => left == right,
    };

    public static bool Same(NymResponse left, NymResponse right) => (left, right) switch
    {
        (ReceivedResponse l, ReceivedResponse r) => l with { Message = r.Message } == r && l.Message.Span.SequenceEqual(r.Message.Span),
        _ => left == right,
    };

    public static byte[] Binary(NymRequest request) => Write(output => BinaryCodec.Write(output, request));

    public static byte[] Binary(NymResponse response) => Write(output => BinaryCodec.Write(output, response));

    public static byte[] Json(NymRequest request) => Write(output => JsonCodec.Write(output, request));

    public static byte[] Json(NymResponse response) => Write(output => JsonCodec.Write(output, response));

    private static byte[] Write(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return output.WrittenSpan.ToArray();
    }
}
