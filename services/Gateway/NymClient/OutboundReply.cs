using NymDirectory.Gateway.Sealing;

namespace NymDirectory.Gateway.NymClient;

/// <summary>What is to be sent to the owner of a tag.</summary>
/// <param name="Tag">Whom it goes to.</param>
/// <param name="Run">The run in which that tag's SURBs live: in any other it is not sent.</param>
/// <param name="Message">The bytes that the recipient's client gets.</param>
internal sealed record OutboundReply(SealedTag Tag, RunId Run, ReadOnlyMemory<byte> Message);
