namespace NymDirectory.Gateway.Protocol;

/// <summary>A request whose answer is already known from the message alone.</summary>
/// <param name="Answer">That answer.</param>
internal sealed record RequestRefused(ConstantAnswer Answer) : ClientRequest(Answer.Action);
