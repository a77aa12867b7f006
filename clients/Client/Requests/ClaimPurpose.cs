using NymDirectory.Client.Protocol;

namespace NymDirectory.Client.Requests;

/// <summary>What a challenge is for.</summary>
/// <param name="Action">The request that asks for it.</param>
/// <param name="AnswerAction">The request that answers it.</param>
/// <param name="Request">Prints the first request.</param>
internal sealed record ClaimPurpose(string Action, string AnswerAction, Func<Identity, string> Request)
{
    /// <summary>A new name.</summary>
    public static readonly ClaimPurpose Registration =
        new("register", "registrationResponse", identity => RequestText.Register(identity.Username, identity.Key.PublicKey));

    /// <summary>A name that is ours.</summary>
    public static readonly ClaimPurpose Login = new("login", "loginResponse", identity => RequestText.LogIn(identity.Username));
}
