using System.Text;
using CsCheck;

namespace NymDirectory.Mixnet.Tests.Codecs;

public sealed class CodecPropertyTests
{
    private static readonly Gen<NymRequest> AnyRequest = Gen.OneOf(Samples.RequestsWithMessages(Samples.AnyBytes), Samples.RequestsWithoutMessages);

    [Fact]
    public void BinaryRequest_Any_ReadsBackTheSame() => AnyRequest.Sample(request =>
        BinaryCodec.TryReadRequest(Samples.Binary(request), out var read, out _) && Samples.Same(request, read));

    [Fact]
    public void BinaryResponse_Any_ReadsBackTheSame() => Samples.Responses(Samples.AnyBytes).Sample(response =>
        BinaryCodec.TryReadResponse(Samples.Binary(response), out var read, out _) && Samples.Same(response, read));

    [Fact]
    public void JsonRequest_AnyText_ReadsBackTheSame() => Samples.RequestsWithMessages(Samples.AnyText).Sample(request =>
        JsonCodec.TryReadRequest(Samples.Json(request), out var read, out _) && Samples.Same(request, read));

    [Fact]
    public void JsonResponse_AnyText_ReadsBackTheSame() => Samples.Responses(Samples.AnyText).Sample(response =>
        JsonCodec.TryReadResponse(Samples.Json(response), out var read, out _) && Samples.Same(response, read));

    [Fact]
    public void BinaryRequest_CutOrContinued_IsRefusedAsSuch() => Gen.Select(AnyRequest, Gen.Double.Unit, Gen.Byte).Sample((request, where, more) =>
    {
        var frame = Samples.Binary(request);
        var cut = frame[..(int)(where * frame.Length)];
        byte[] continued = [.. frame, more];
        return !BinaryCodec.TryReadRequest(cut, out _, out _)
            && !BinaryCodec.TryReadRequest(continued, out _, out var error) && error.Code == NymErrorCode.MalformedRequest;
    });

    [Fact]
    public void BinaryResponse_CutOrContinued_IsRefusedAsSuch() =>
        Gen.Select(Samples.Responses(Samples.AnyBytes), Gen.Double.Unit, Gen.Byte).Sample((response, where, more) =>
        {
            var frame = Samples.Binary(response);
            var cut = frame[..(int)(where * frame.Length)];
            byte[] continued = [.. frame, more];
            return !BinaryCodec.TryReadResponse(cut, out _, out _)
                && !BinaryCodec.TryReadResponse(continued, out _, out var error) && error.Code == NymErrorCode.MalformedResponse;
        });

    [Fact]
    public void Json_Cut_IsRefused() => Gen.Select(Samples.RequestsWithMessages(Samples.AnyText), Gen.Double.Unit).Sample((request, where) =>
    {
        var frame = Samples.Json(request);
        return !JsonCodec.TryReadRequest(frame.AsMemory(0, (int)(where * frame.Length)), out _, out _);
    });

    [Fact]
    public void Read_RandomBytes_NeverThrows() => Gen.Byte.Array[0, 200].Sample(ReadsInEveryWay);

    [Fact]
    public void Read_RandomFieldsAfterARealTag_NeverThrows() =>
        Gen.Select(Gen.Byte[0, 6], Gen.Byte.Array[0, 140], Gen.Byte[0, 30]).Sample((tag, fields, length) =>
            ReadsInEveryWay([tag, .. fields, 0, 0, 0, 0, 0, 0, 0, length, .. new byte[length]]));

    [Fact]
    public void Read_DamagedFrames_NeverThrows() =>
        Gen.Select(Samples.RequestsWithMessages(Samples.AnyText), Samples.Responses(Samples.AnyText), Gen.Double.Unit, Gen.Byte)
            .Sample((request, response, where, value) =>
                ReadsInEveryWay(Damage(Samples.Binary(request), where, value)) && ReadsInEveryWay(Damage(Samples.Json(request), where, value))
                && ReadsInEveryWay(Damage(Samples.Binary(response), where, value)) && ReadsInEveryWay(Damage(Samples.Json(response), where, value)));

    [Fact]
    public void Read_JsonOfOddPieces_NeverThrows() => Samples.OneOf(
            "{", "}", "[", "]", ",", ":", "\"type\"", "\"send\"", "\"reply\"", "\"received\"", "\"message\"", "\"\\ud800\"", "\"\\", "1e999", "-0", "null",
            "\"senderTag\"", "\"connectionId\"", "18446744073709551616", "\"queue_length\"", "\"\"", "\u0000", "/*", "//")
        .Array[0, 12].Sample(pieces => ReadsInEveryWay(Encoding.UTF8.GetBytes(string.Concat(pieces))));

    [Fact]
    public void ToString_Any_IsItsKindOnly() => Gen.Select(AnyRequest, Samples.Responses(Samples.AnyText)).Sample((request, response) =>
        request.ToString() == request.GetType().Name && response.ToString() == response.GetType().Name);

    private static byte[] Damage(byte[] frame, double where, byte value)
    {
        frame[(int)(where * frame.Length)] = value;
        return frame;
    }

    /// <summary>Each way either reads or says why not.</summary>
    private static bool ReadsInEveryWay(byte[] frame) =>
        BinaryCodec.TryReadRequest(frame, out var first, out var error) == (error is null) && first is null == error is not null
        && JsonCodec.TryReadRequest(frame, out var second, out error) == (error is null) && second is null == error is not null
        && BinaryCodec.TryReadResponse(frame, out var third, out error) == (error is null) && third is null == error is not null
        && JsonCodec.TryReadResponse(frame, out var fourth, out error) == (error is null) && fourth is null == error is not null;
}
