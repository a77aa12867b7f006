using NymDirectory.Client.Json;
using NymDirectory.Signatures;

namespace NymDirectory.Client.Protocol;

/// <summary>The requests to a node but <c>send</c>, printed as existing clients print them.</summary>
internal static class RequestText
{
    /// <summary>Asks for a challenge for a new name.</summary>
    public static string Register(string username, P256PublicKey key, bool acknowledges) =>
        PrintClaim(new JsonMembers { { "action", "register" }, { "usernym", username }, { "publicKey", key.Pem } }, acknowledges);

    /// <summary>Asks for a challenge for a name that is ours.</summary>
    public static string LogIn(string username, bool acknowledges) =>
        PrintClaim(new JsonMembers { { "action", "login" }, { "usernym", username } }, acknowledges);

    /// <summary>Says that messages are ours now and need not be kept.</summary>
    public static string Acknowledge(IEnumerable<string> ids)
    {
        var list = new JsonList();
        list.Items.AddRange(ids.Select(id => new JsonText(id)));
        return Print(new JsonMembers { { "action", "ack" }, { "ids", list } });
    }

    /// <summary>Answers a challenge.</summary>
    public static string Answer(string action, string username, string signature) =>
        Print(new JsonMembers { { "action", action }, { "username", username }, { "signature", signature } });

    /// <summary>Asks for an account.</summary>
    public static string Query(string username) => Print(new JsonMembers { { "action", "query" }, { "username", username } });

    /// <summary>Asks what the node is.</summary>
    public static string Info() => Print(new JsonMembers { { "action", "info" } });

    private static string PrintClaim(JsonMembers request, bool acknowledges)
    {
        if (acknowledges)
        {
            var features = new JsonList();
            features.Items.Add(new JsonText("ack"));
            request.Add("features", features);
        }

        return Print(request);
    }

    private static string Print(JsonMembers request) => PythonJson.Print(request);
}
