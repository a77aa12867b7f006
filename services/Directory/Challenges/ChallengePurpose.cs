namespace NymDirectory.DirectoryService.Challenges;

/// <summary>What an answered challenge proves the name for.</summary>
internal enum ChallengePurpose
{
    Registration,
    Login,
}
