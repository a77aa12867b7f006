using Google.Protobuf;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.Signatures;

namespace NymDirectory.DirectoryService.Mailboxes;

/// <summary>A message whose signature a Relay checked, before it is in a mailbox.</summary>
/// <param name="Request">Names the operation and, if it is leased at once, the lease.</param>
/// <param name="Sender">As the client wrote it.</param>
/// <param name="SenderKey">The key that the signature was checked with.</param>
/// <param name="Recipient">As the client wrote it.</param>
/// <param name="ContentHash">First 16 bytes of SHA-256 over the signed bytes.</param>
/// <param name="Content">What the recipient will get.</param>
/// <param name="Arrival">The route on which it came.</param>
/// <param name="Introduces">The content holds the sender's public key.</param>
internal sealed record ArrivedMessage(
    SixteenBytes Request,
    string Sender,
    KeyId SenderKey,
    string Recipient,
    SixteenBytes ContentHash,
    ByteString Content,
    ReturnRoute Arrival,
    bool Introduces);
