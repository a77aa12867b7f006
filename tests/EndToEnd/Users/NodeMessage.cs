using System.Text.Json;
using System.Text.Json.Nodes;

namespace NymDirectory.EndToEnd.Users;

/// <summary>A message as a client receives it.</summary>
/// <param name="Raw">The text as it came.</param>
/// <param name="Action">What it is.</param>
/// <param name="Content">What is signed: text or JSON.</param>
/// <param name="Context">What it is about.</param>
/// <param name="SignedByNode">Whether the signature is the node's, over the content.</param>
internal sealed record NodeMessage(string Raw, string Action, string Content, string Context, bool SignedByNode)
{
    public JsonNode Json => JsonNode.Parse(Content)!;

    /// <summary>Who sent an incoming message.</summary>
    public string Sender => Json["sender"]!.GetValue<string>();

    /// <summary>A member of the content, character for character.</summary>
    public string RawMember(string name)
    {
        using var document = JsonDocument.Parse(Content);
        return document.RootElement.GetProperty(name).GetRawText();
    }
}
