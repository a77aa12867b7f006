using System.Text;
using NymDirectory.Client.Cryptography;
using NymDirectory.Client.Json;
using NymDirectory.Client.Requests;

namespace NymDirectory.Client.Protocol;

/// <summary>A message's <c>content</c> and the sender's signature over it: made once, sent as often as needed, always the same bytes.</summary>
/// <param name="Content">The printed content; ASCII.</param>
/// <param name="Signature">Hex.</param>
/// <param name="Reference">
/// What the node's answer is to carry; existing clients print none. It stays the same when the content is handed over again later, since a node answers
/// copies that wait together with the first one's.
/// </param>
internal sealed record SignedContent(string Content, string Signature, string? Reference)
{
    /// <summary>Length of the content in bytes (it is ASCII).</summary>
    public int Size => Content.Length;

    /// <summary>Prints and signs.</summary>
    /// <param name="sender">Who sends.</param>
    /// <param name="recipient">To whom.</param>
    /// <param name="body">The sealed message.</param>
    /// <param name="withKey">Whether the sender's public key goes along, as on the first message to a contact.</param>
    public static SignedContent Create(Identity sender, string recipient, SealedBody body, bool withKey)
    {
        var content = new JsonMembers
        {
            { "sender", sender.Username },
            { "recipient", recipient },
            { "body", body.ToJson() },
            { "encrypted", JsonWord.True },
        };
        if (withKey)
        {
            content.Add("senderPublicKey", sender.Key.PublicKey.Pem);
        }

        var printed = PythonJson.Print(content);
        return new SignedContent(printed, sender.Key.SignHex(Encoding.ASCII.GetBytes(printed)), AnswerReference.Fresh());
    }

    /// <summary>The message that takes it through the node.</summary>
    public string ForNode() => PythonJson.Print(RequestText.WithReference(
        new JsonMembers { { "action", "send" }, { "content", Content }, { "signature", Signature } }, Reference));

    /// <summary>The message that takes it straight to the recipient's address.</summary>
    public string ForRecipient() => PythonJson.Print(new JsonMembers
    {
        { "action", "incomingMessage" },
        { "content", Content },
        { "context", "chat" },
        { "signature", Signature },
    });
}
