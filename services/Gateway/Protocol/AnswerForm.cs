namespace NymDirectory.Gateway.Protocol;

/// <summary>What stands around the content of an answer.</summary>
/// <param name="Action">The envelope's <c>action</c>.</param>
/// <param name="Context">The envelope's <c>context</c>.</param>
internal sealed record AnswerForm(string Action, string Context)
{
    /// <summary>A message of another user.</summary>
    public static readonly AnswerForm IncomingMessage = new("incomingMessage", "chat");

    private static readonly AnswerForm Query = new("queryResponse", "query");
    private static readonly AnswerForm Registration = new("challengeResponse", "registration");
    private static readonly AnswerForm Login = new("challengeResponse", "login");
    private static readonly AnswerForm Send = new("sendResponse", "chat");
    private static readonly AnswerForm Info = new("infoResponse", "node");
    private static readonly AnswerForm RegistrationChallenge = new("challenge", "registration");
    private static readonly AnswerForm LoginChallenge = new("challenge", "login");

    /// <summary>How the result of a request is sent, errors included.</summary>
    public static AnswerForm ResultOf(ClientAction action) => action switch
    {
        ClientAction.Query => Query,
        ClientAction.Register or ClientAction.RegistrationResponse => Registration,
        ClientAction.Login or ClientAction.LoginResponse => Login,
        ClientAction.Send => Send,
        ClientAction.Info => Info,
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    /// <summary>How the challenge that a request opened is sent.</summary>
    public static AnswerForm ChallengeOf(ClientAction action) => action switch
    {
        ClientAction.Register => RegistrationChallenge,
        ClientAction.Login => LoginChallenge,
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };
}
