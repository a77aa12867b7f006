using System.Diagnostics.CodeAnalysis;
using NymDirectory.Client.Json;

namespace NymDirectory.Client.Protocol;

/// <summary>The four members of everything that nodes (and, directly, other clients) send to a client.</summary>
/// <param name="Action">What it is.</param>
/// <param name="Context">What it belongs to.</param>
/// <param name="Content">A string, whatever it holds.</param>
/// <param name="ContentBytes">The UTF-8 bytes of <paramref name="Content"/>, which the signature covers.</param>
/// <param name="Signature">Hex.</param>
/// <param name="Reference">What the request carried that this answers. Absent in what answers nothing, and from nodes that do not know references.</param>
/// <param name="Delivery">What the node calls a message that is to be acknowledged. The signature does not cover it.</param>
internal sealed record NodeEnvelope(
    string Action, string Context, string Content, ReadOnlyMemory<byte> ContentBytes, string Signature, string? Reference, DeliveryName? Delivery)
{
    /// <summary>Reads what arrived. Never throws.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, [NotNullWhen(true)] out NodeEnvelope? envelope)
    {
        envelope = null;
        if (!JsonParser.TryParse(message, out var json)
            || json.Text("action") is not { } action
            || json.Text("context") is not { } context
            || json.Text("content") is not { } content
            || json.Text("signature") is not { } signature
            || !JsonParser.TryEncode(content, out var bytes))
        {
            return false;
        }

        envelope = new NodeEnvelope(action, context, content, bytes, signature, json.Text("ref"), DeliveryName.Read(json));
        return true;
    }
}
