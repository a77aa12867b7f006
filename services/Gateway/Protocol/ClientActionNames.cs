namespace NymDirectory.Gateway.Protocol;

/// <summary>The text of each <see cref="ClientAction"/>, as clients write it.</summary>
internal static class ClientActionNames
{
    private static readonly ClientAction[] All = Enum.GetValues<ClientAction>();

    /// <summary>The action's name; also its label in metrics and spans.</summary>
    public static string Name(this ClientAction action) => action switch
    {
        ClientAction.Query => "query",
        ClientAction.Register => "register",
        ClientAction.RegistrationResponse => "registrationResponse",
        ClientAction.Login => "login",
        ClientAction.LoginResponse => "loginResponse",
        ClientAction.Send => "send",
        ClientAction.Info => "info",
        ClientAction.Ack => "ack",
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    /// <summary>Whether the protocol has an answer to it.</summary>
    public static bool IsAnswered(this ClientAction action) => action != ClientAction.Ack;

    /// <summary>Finds the action of that name; names are case-sensitive.</summary>
    public static ClientAction? Find(string name)
    {
        foreach (var action in All)
        {
            if (string.Equals(action.Name(), name, StringComparison.Ordinal))
            {
                return action;
            }
        }

        return null;
    }
}
