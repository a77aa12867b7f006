using NymDirectory.Mixnet;

namespace NymDirectory.Gateway.NymClient;

/// <summary>What is known of nym-client at one moment.</summary>
/// <param name="Version">Grows with each change.</param>
/// <param name="Run">The present run; null while nobody knows yet.</param>
/// <param name="Address">Where the mixnet reaches it: the last one it told.</param>
/// <param name="Ready">It answered <c>selfAddress</c> on the connection that is open now, and the run is known.</param>
internal sealed record NymClientState(long Version, RunId? Run, NymAddress? Address, bool Ready);
