using NymDirectory.Gateway.Sealing;

namespace NymDirectory.Gateway.NymClient;

/// <summary>What nym-client received for this node.</summary>
/// <param name="Tag">Whom an answer goes to; null when the sender attached no way back.</param>
/// <param name="Run">The run in which it arrived, and in which its SURBs live.</param>
/// <param name="Message">The bytes as they came: anybody can have sent anything.</param>
/// <param name="ReceivedTimestamp">When it was read from the socket, as <see cref="TimeProvider.GetTimestamp"/> counts.</param>
internal sealed record InboundMessage(SealedTag? Tag, RunId Run, ReadOnlyMemory<byte> Message, long ReceivedTimestamp);
