using System.Text.Json;

namespace NymDirectory.TestKit;

/// <summary>What a real nymCHAT client said and signed: <c>nymchat-v1.json</c>, carried in this assembly.</summary>
public sealed class Vectors
{
    private static readonly Lazy<Vectors> Loaded = new(Read);

    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    public required Dictionary<string, KeyPair> Keys { get; init; }

    public required ChallengeVector Challenge { get; init; }

    public required Dictionary<string, string> Requests { get; init; }

    public required IReadOnlyList<MessageVector> Sends { get; init; }

    public required MessageVector Handshake { get; init; }

    public required MessageVector Direct { get; init; }

    public required IReadOnlyList<SignatureVector> Signatures { get; init; }

    public required IReadOnlyList<NamedPem> BadPublicKeys { get; init; }

    public static Vectors Load() => Loaded.Value;

    private static Vectors Read()
    {
        using var stream = typeof(Vectors).Assembly.GetManifestResourceStream("nymchat-v1.json")!;
        return JsonSerializer.Deserialize<Vectors>(stream, Options)!;
    }

    public sealed record KeyPair(string Public, string Private);

    public sealed record ChallengeVector(string Nonce, string Signature, string Signer);

    public sealed record MessageVector(
        int Type, string Plaintext, string SignedInnerString, string Message, string Content, string Signature, string ForwardContent);

    public sealed record SignatureVector(string Name, string Key, string Text, string Signature, bool Valid);

    public sealed record NamedPem(string Name, string Pem);
}
