namespace NymDirectory.DirectoryService.Challenges;

/// <summary>What an answer to a challenge was worth.</summary>
/// <param name="IsPending">Whether there was a challenge that it answers.</param>
/// <param name="Proved">The challenge, if its signature was right.</param>
internal readonly record struct ChallengeVerdict(bool IsPending, OpenChallenge? Proved)
{
    public static ChallengeVerdict NothingPending => new(false, null);

    public static ChallengeVerdict WrongSignature => new(true, null);

    public static ChallengeVerdict ProvedBy(OpenChallenge challenge) => new(true, challenge);
}
