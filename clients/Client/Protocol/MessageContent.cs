using System.Diagnostics.CodeAnalysis;
using NymDirectory.Client.Cryptography;
using NymDirectory.Client.Json;

namespace NymDirectory.Client.Protocol;

/// <summary>The content of an <c>incomingMessage</c>.</summary>
/// <param name="Sender">Who sent it, as it claims.</param>
/// <param name="Recipient">For whom it is; the node leaves it out, a direct message has it.</param>
/// <param name="Body">The sealed message.</param>
/// <param name="ClaimedKey">The public key that came along, as text; null: none.</param>
/// <param name="Size">Bytes of the content.</param>
internal sealed record MessageContent(string Sender, string? Recipient, SealedBody Body, string? ClaimedKey, int Size)
{
    /// <summary>Reads the content. Never throws.</summary>
    public static bool TryRead(NodeEnvelope envelope, [NotNullWhen(true)] out MessageContent? content)
    {
        content = null;
        if (!JsonParser.TryParse(envelope.ContentBytes.Span, out var json)
            || json.Text("sender") is not { } sender
            || !Username.HasForm(sender)
            || !SealedBody.TryRead(json["body"], out var body))
        {
            return false;
        }

        content = new MessageContent(sender, json.Text("recipient"), body, json.Text("senderPublicKey"), envelope.ContentBytes.Length);
        return true;
    }
}
