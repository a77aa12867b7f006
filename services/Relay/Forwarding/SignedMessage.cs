using Google.Protobuf;
using NymDirectory.Contracts.V1;

namespace NymDirectory.Relay.Forwarding;

/// <summary>A message on its way: what came, and what was read of it.</summary>
/// <param name="Item">What the Gateway passed on.</param>
/// <param name="Content">What its signed bytes say.</param>
/// <param name="RecipientContent">What the recipient will get.</param>
internal sealed record SignedMessage(ForwardItem Item, SignedContent Content, ByteString RecipientContent)
{
    /// <summary>Says what it is and nothing else: messages do not belong into logs.</summary>
    public override string ToString() => "SignedMessage(redacted)";
}
