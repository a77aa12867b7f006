namespace NymDirectory.Mixnet;

/// <summary>nym-client refused a request.</summary>
/// <param name="Code">What kind of error it is.</param>
/// <param name="Message">Its detail. Text of nym-client's own, which can quote the request: not for logs.</param>
public sealed record ErrorResponse(NymErrorCode Code, string Message) : NymResponse;
