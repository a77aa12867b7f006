using NymDirectory.DirectoryService.Gateways;

namespace NymDirectory.DirectoryService.Mailboxes;

/// <summary>What a client says to have.</summary>
/// <param name="Route">The route on which it said so.</param>
/// <param name="Messages">Ids as it got them, or made them up.</param>
internal sealed record Acknowledgement(ReturnRoute Route, IReadOnlyList<SixteenBytes> Messages);
