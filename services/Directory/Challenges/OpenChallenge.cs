using NymDirectory.DirectoryService.Accounts;
using NymDirectory.Signatures;

namespace NymDirectory.DirectoryService.Challenges;

/// <summary>A nonce that waits to be signed, and everything it is bound to.</summary>
/// <param name="Key">Tag and purpose.</param>
/// <param name="Nonce">32 lower-case hex digits.</param>
/// <param name="Username">Who is to prove that the name is theirs.</param>
/// <param name="PublicKey">With which key: the new one at a registration, the account's at a login.</param>
/// <param name="Features">What the client said it can do.</param>
/// <param name="OpenedAt">A timestamp of the <see cref="TimeProvider"/>.</param>
internal sealed record OpenChallenge(
    ChallengeKey Key, string Nonce, Username Username, P256PublicKey PublicKey, AccountFeatures Features, long OpenedAt);
