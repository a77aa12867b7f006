using NymDirectory.DirectoryService.Gateways;

namespace NymDirectory.DirectoryService.Challenges;

/// <summary>There is one open challenge for each of these. The run is no part of it: a tag outlives a run of nym-client.</summary>
internal readonly record struct ChallengeKey(GatewayId Gateway, SealedTag Tag, ChallengePurpose Purpose)
{
    public static ChallengeKey Of(ReturnRoute route, ChallengePurpose purpose) => new(route.Gateway, route.Tag, purpose);
}
