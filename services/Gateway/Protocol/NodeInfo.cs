using System.Globalization;
using NymDirectory.Signatures;

namespace NymDirectory.Gateway.Protocol;

/// <summary>What the node tells about itself in answer to <c>info</c>.</summary>
internal static class NodeInfo
{
    /// <summary>The content of <c>infoResponse</c>. The features are those that a client may ask for or make use of.</summary>
    public static string Content(P256PublicKey publicKey) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"protocol": {{ProtocolLimits.ProtocolVersion}}, "features": ["ack", "ref"], "limits": {"contentBytes": {{ProtocolLimits.MaxContentBytes}}, "messageBytes": {{ProtocolLimits.MaxMessageBytes}}, "usernameLength": {{ProtocolLimits.MaxUsernameLength}}, "challengeSeconds": {{ProtocolLimits.ChallengeSeconds}}, "ackIds": {{ProtocolLimits.MaxAckIds}}}, "publicKey": {{EnvelopeWriter.Quote(publicKey.Pem)}}}
        """);
}
