namespace NymDirectory.Gateway.Protocol;

/// <summary>A message as read: a request, or the reason why it is dropped.</summary>
/// <param name="Request">The request; null when the message is dropped.</param>
/// <param name="Drop">Why it is dropped; <see cref="DropReason.None"/> beside a request.</param>
internal readonly record struct ParsedMessage(ClientRequest? Request, DropReason Drop)
{
    /// <summary>A message that can be answered.</summary>
    public static ParsedMessage Of(ClientRequest request) => new(request, DropReason.None);

    /// <summary>A message that cannot.</summary>
    public static ParsedMessage Dropped(DropReason reason) => new(null, reason);
}
