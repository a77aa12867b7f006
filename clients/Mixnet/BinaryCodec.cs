using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using NymDirectory.Mixnet.Codecs;

namespace NymDirectory.Mixnet;

/// <summary>
/// The binary form of requests and responses, as it travels in binary frames: a tag byte, fields of fixed size, all integers big-endian; what has no
/// fixed size comes last, after its length. Lengths are checked exactly.
/// </summary>
public static class BinaryCodec
{
    /// <summary>Writes one request. A connection id of 0 reads as none: in this form it is one and the same.</summary>
    public static void Write(IBufferWriter<byte> output, NymRequest request)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(request);
        BinaryRequests.Write(output, request);
    }

    /// <summary>Writes one response.</summary>
    public static void Write(IBufferWriter<byte> output, NymResponse response)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(response);
        BinaryResponses.Write(output, response);
    }

    /// <summary>Reads one request. Never throws, whatever the input. A message in it is a slice of <paramref name="frame"/>, not a copy.</summary>
    public static bool TryReadRequest(
        ReadOnlyMemory<byte> frame,
        [NotNullWhen(true)] out NymRequest? request,
        [NotNullWhen(false)] out NymCodecError? error) => BinaryRequests.TryRead(frame, out request, out error);

    /// <summary>Reads one response. Never throws, whatever the input. A message in it is a slice of <paramref name="frame"/>, not a copy.</summary>
    public static bool TryReadResponse(
        ReadOnlyMemory<byte> frame,
        [NotNullWhen(true)] out NymResponse? response,
        [NotNullWhen(false)] out NymCodecError? error) => BinaryResponses.TryRead(frame, out response, out error);
}
