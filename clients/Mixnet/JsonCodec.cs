using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using NymDirectory.Mixnet.Codecs;

namespace NymDirectory.Mixnet;

/// <summary>
/// The JSON form of requests and responses, as it travels in text frames. Messages are text here: bytes that are not UTF-8 are written as U+FFFD, as
/// nym-client does. Members that nobody knows are skipped, a known one given twice is an error, their order does not matter.
/// </summary>
public static class JsonCodec
{
    /// <summary>Writes one request.</summary>
    /// <exception cref="NotSupportedException">The request has no JSON form: <see cref="ClosedConnectionRequest"/>, <see cref="LaneQueueLengthRequest"/>.</exception>
    public static void Write(IBufferWriter<byte> output, NymRequest request)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(request);
        JsonRequests.Write(output, request);
    }

    /// <summary>Writes one response.</summary>
    public static void Write(IBufferWriter<byte> output, NymResponse response)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(response);
        JsonResponses.Write(output, response);
    }

    /// <summary>Reads one request. Never throws, whatever the input. A message in it can be a slice of <paramref name="frame"/>, not a copy.</summary>
    public static bool TryReadRequest(
        ReadOnlyMemory<byte> frame,
        [NotNullWhen(true)] out NymRequest? request,
        [NotNullWhen(false)] out NymCodecError? error) => JsonRequests.TryRead(frame, out request, out error);

    /// <summary>Reads one response. Never throws, whatever the input. A message in it can be a slice of <paramref name="frame"/>, not a copy.</summary>
    public static bool TryReadResponse(
        ReadOnlyMemory<byte> frame,
        [NotNullWhen(true)] out NymResponse? response,
        [NotNullWhen(false)] out NymCodecError? error) => JsonResponses.TryRead(frame, out response, out error);
}
