using Google.Protobuf;

namespace NymDirectory.Relay.Forwarding;

/// <summary>A message that could be read.</summary>
/// <param name="Content">What its signed bytes say.</param>
/// <param name="RecipientContent">What the recipient will get.</param>
internal sealed record SignedMessage(SignedContent Content, ByteString RecipientContent)
{
    /// <summary>Says what it is and nothing else: messages do not belong into logs.</summary>
    public override string ToString() => "SignedMessage(redacted)";
}
