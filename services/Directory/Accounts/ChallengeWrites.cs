using NymDirectory.DirectoryService.Challenges;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.DirectoryService.Accounts;

/// <summary>Writes what an answered challenge allows.</summary>
internal static class ChallengeWrites
{
    /// <summary>When it cannot be written the challenge stays open: a full disk must not cost the client its answer.</summary>
    public static async Task<bool> CarryOutAsync(
        DirectoryStore store, WriteOperation<bool> operation, OpenChallenge challenge, ChallengeStore challenges)
    {
        try
        {
            return await store.WriteAsync(operation);
        }
        catch
        {
            challenges.PutBack(challenge);
            throw;
        }
    }
}
