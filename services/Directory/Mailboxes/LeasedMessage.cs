using Google.Protobuf;
using NymDirectory.DirectoryService.Gateways;

namespace NymDirectory.DirectoryService.Mailboxes;

/// <summary>A message as it goes out.</summary>
/// <param name="Id">Its row.</param>
/// <param name="ContentHash">What its id for the client is made of.</param>
/// <param name="Sequence">Its number among those of one sender.</param>
/// <param name="Round">Which sending of it this is.</param>
/// <param name="Content">What the recipient gets.</param>
internal readonly record struct LeasedMessage(long Id, SixteenBytes ContentHash, long Sequence, int Round, ByteString Content);
