using NymDirectory.Client.Protocol;

namespace NymDirectory.Client.Requests;

/// <summary>What a challenge is for.</summary>
/// <param name="Action">The request that asks for it.</param>
/// <param name="AnswerAction">The request that answers it.</param>
/// <param name="Request">Prints the first request: for whom, whether they acknowledge messages, and what the answer is to carry.</param>
internal sealed record ClaimPurpose(string Action, string AnswerAction, Func<Identity, bool, string, string> Request)
{
    /// <summary>A new name.</summary>
    public static readonly ClaimPurpose Registration =
        new("register", "registrationResponse", (identity, acknowledges, reference) =>
            RequestText.Register(identity.Username, identity.Key.PublicKey, acknowledges, reference));

    /// <summary>A name that is ours.</summary>
    public static readonly ClaimPurpose Login =
        new("login", "loginResponse", (identity, acknowledges, reference) => RequestText.LogIn(identity.Username, acknowledges, reference));
}
