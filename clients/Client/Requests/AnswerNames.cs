namespace NymDirectory.Client.Requests;

/// <summary>Words of the protocol that more than one place compares with.</summary>
internal static class AnswerNames
{
    /// <summary>The action of a challenge.</summary>
    public const string Challenge = "challenge";

    /// <summary>The action of what follows a challenge.</summary>
    public const string ChallengeResponse = "challengeResponse";

    /// <summary>The action of the answer to <c>info</c>.</summary>
    public const string Info = "infoResponse";

    /// <summary>The content that says yes.</summary>
    public const string Success = "success";

    /// <summary>The content that says that nobody has a name.</summary>
    public const string NobodyFound = "No user found";
}
