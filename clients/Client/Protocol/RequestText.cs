using NymDirectory.Client.Json;
using NymDirectory.Signatures;

namespace NymDirectory.Client.Protocol;

/// <summary>The requests to a node but <c>send</c>, printed as existing clients print them.</summary>
internal static class RequestText
{
    /// <summary>Asks for a challenge for a new name.</summary>
    /// <param name="username">The name.</param>
    /// <param name="key">The key to keep for it.</param>
    /// <param name="acknowledges">Whether to ask for messages that are kept until they are acknowledged.</param>
    /// <param name="reference">What the answer is to carry; existing clients print none.</param>
    public static string Register(string username, P256PublicKey key, bool acknowledges, string? reference = null) =>
        PrintClaim(new JsonMembers { { "action", "register" }, { "usernym", username }, { "publicKey", key.Pem } }, acknowledges, reference);

    /// <summary>Asks for a challenge for a name that is ours.</summary>
    /// <param name="username">The name.</param>
    /// <param name="acknowledges">Whether to ask for messages that are kept until they are acknowledged.</param>
    /// <param name="reference">What the answer is to carry; existing clients print none.</param>
    public static string LogIn(string username, bool acknowledges, string? reference = null) =>
        PrintClaim(new JsonMembers { { "action", "login" }, { "usernym", username } }, acknowledges, reference);

    /// <summary>Says that messages are ours now and need not be kept.</summary>
    public static string Acknowledge(IEnumerable<string> ids)
    {
        var list = new JsonList();
        list.Items.AddRange(ids.Select(id => new JsonText(id)));
        return Print(new JsonMembers { { "action", "ack" }, { "ids", list } });
    }

    /// <summary>Answers a challenge.</summary>
    /// <param name="action">Which kind of challenge it was.</param>
    /// <param name="username">The name that is claimed.</param>
    /// <param name="signature">Over the nonce, hex.</param>
    /// <param name="reference">What the answer is to carry; existing clients print none.</param>
    public static string Answer(string action, string username, string signature, string? reference = null) =>
        Print(WithReference(new JsonMembers { { "action", action }, { "username", username }, { "signature", signature } }, reference));

    /// <summary>Asks for an account.</summary>
    /// <param name="username">Whose.</param>
    /// <param name="reference">What the answer is to carry; existing clients print none.</param>
    public static string Query(string username, string? reference = null) =>
        Print(WithReference(new JsonMembers { { "action", "query" }, { "username", username } }, reference));

    /// <summary>Adds what the answer is to carry. Nodes that do not know references pass over it.</summary>
    public static JsonMembers WithReference(JsonMembers request, string? reference)
    {
        if (reference is not null)
        {
            request.Add("ref", reference);
        }

        return request;
    }

    /// <summary>Asks what the node is.</summary>
    public static string Info() => Print(new JsonMembers { { "action", "info" } });

    private static string PrintClaim(JsonMembers request, bool acknowledges, string? reference)
    {
        if (acknowledges)
        {
            var features = new JsonList();
            features.Items.Add(new JsonText("ack"));
            request.Add("features", features);
        }

        return Print(WithReference(request, reference));
    }

    private static string Print(JsonMembers request) => PythonJson.Print(request);
}
