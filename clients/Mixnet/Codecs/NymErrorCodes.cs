namespace NymDirectory.Mixnet.Codecs;

/// <summary>Error codes as byte (binary form) and as text (the kind before the colon of the JSON form).</summary>
internal static class NymErrorCodes
{
    private static readonly (NymErrorCode Code, string Kind)[] Kinds =
    [
        (NymErrorCode.EmptyRequest, "received request contained no data"),
        (NymErrorCode.TooShortRequest, "received request did not contain enough data"),
        (NymErrorCode.UnknownRequest, "unknown request type"),
        (NymErrorCode.MalformedRequest, "malformed request"),
        (NymErrorCode.EmptyResponse, "received response contained no data"),
        (NymErrorCode.TooShortResponse, "received response did not contain enough data"),
        (NymErrorCode.UnknownResponse, "unknown response type"),
        (NymErrorCode.MalformedResponse, "malformed response"),
        (NymErrorCode.Other, "other"),
    ];

    /// <summary>A code that we do not know is still an error, and an answer that somebody waits for.</summary>
    public static NymErrorCode FromByte(byte value)
    {
        var index = Array.FindIndex(Kinds, kind => (byte)kind.Code == value);
        return index < 0 ? NymErrorCode.Other : Kinds[index].Code;
    }

    public static string ToText(ErrorResponse error)
    {
        var index = Array.FindIndex(Kinds, kind => kind.Code == error.Code);
        return $"{(index < 0 ? "other" : Kinds[index].Kind)}:{error.Message}";
    }

    public static ErrorResponse FromText(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var index = colon < 0 ? -1 : Array.FindIndex(Kinds, kind => text.AsSpan(0, colon).SequenceEqual(kind.Kind));
        return index < 0 ? new ErrorResponse(NymErrorCode.Other, text) : new ErrorResponse(Kinds[index].Code, text[(colon + 1)..]);
    }
}
