namespace NymDirectory.Mixnet;

/// <summary>Kinds of errors, numbered as the binary form does.</summary>
public enum NymErrorCode
{
    /// <summary>No error; never on the wire.</summary>
    None = 0,

    /// <summary>The request has no bytes.</summary>
    EmptyRequest = 0x01,

    /// <summary>The request ends before its fixed part does.</summary>
    TooShortRequest = 0x02,

    /// <summary>The request's tag byte is not defined.</summary>
    UnknownRequest = 0x03,

    /// <summary>The request has a field that cannot be, or is not JSON of the right shape.</summary>
    MalformedRequest = 0x04,

    /// <summary>The response has no bytes.</summary>
    EmptyResponse = 0x80,

    /// <summary>The response ends before its fixed part does.</summary>
    TooShortResponse = 0x81,

    /// <summary>The response's tag byte is not defined.</summary>
    UnknownResponse = 0x82,

    /// <summary>The response has a field that cannot be, or is not JSON of the right shape.</summary>
    MalformedResponse = 0x83,

    /// <summary>Anything else.</summary>
    Other = 0xFF,
}
