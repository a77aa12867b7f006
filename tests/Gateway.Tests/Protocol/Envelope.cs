using System.Text;
using System.Text.Json;
using NymDirectory.Signatures;

namespace NymDirectory.Gateway.Tests.Protocol;

/// <summary>An answer as a client reads it.</summary>
internal sealed record Envelope(string Action, string Content, string Context)
{
    /// <summary>Reads one; its members must be these four in this order, and the signature the node's.</summary>
    public static Envelope Read(ReadOnlyMemory<byte> json, P256PublicKey node)
    {
        using var document = JsonDocument.Parse(json);
        var members = document.RootElement.EnumerateObject().ToList();
        Assert.Equal(["action", "content", "context", "signature"], members.Select(member => member.Name));
        var texts = members.Select(member => member.Value.GetString()!).ToList();
        Assert.Matches("^[0-9a-f]+$", texts[3]);
        var verifier = new SignatureVerifier(node);
        Assert.True(verifier.Verify(Encoding.UTF8.GetBytes(texts[1]), texts[3]), "the node's signature");
        return new Envelope(texts[0], texts[1], texts[2]);
    }
}
