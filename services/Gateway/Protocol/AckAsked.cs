using Google.Protobuf;

namespace NymDirectory.Gateway.Protocol;

/// <summary><c>ack</c>: messages that have arrived.</summary>
/// <param name="Ids">Their ids, 1 to <see cref="ProtocolLimits.MaxAckIds"/>, 16 bytes each.</param>
/// <param name="Unusable">How many more elements the list had that are no ids, or are too many.</param>
internal sealed record AckAsked(IReadOnlyList<ByteString> Ids, int Unusable) : ClientRequest(ClientAction.Ack);
