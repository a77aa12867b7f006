using Microsoft.Extensions.Logging;
using NymDirectory.Client.Json;
using NymDirectory.Client.Protocol;
using NymDirectory.Client.Telemetry;
using NymDirectory.Signatures;

namespace NymDirectory.Client.Requests;

/// <summary>
/// Whose word counts as the node's: the key that was given, or pinned earlier, or that its first answer to <c>info</c> brings and is signed with.
/// </summary>
internal sealed class NodeTrust(
    INodeKeyStore? store, P256PublicKey? given, AnswerLanes lanes, NodeLink link, ILogger logger)
{
    private volatile SignatureVerifier? _verifier = given is null ? null : new SignatureVerifier(given);

    /// <summary>Whether the node's key is known yet.</summary>
    public bool IsKnown => _verifier is not null;

    /// <summary>Takes a key that was pinned in an earlier run.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (_verifier is null && store is not null && await store.LoadAsync(cancellationToken) is { } pinned)
        {
            _verifier = new SignatureVerifier(pinned);
        }
    }

    /// <summary>Whether the node signed it.</summary>
    public bool IsFromNode(NodeEnvelope envelope) => _verifier?.Verify(envelope.ContentBytes.Span, envelope.Signature) ?? false;

    /// <summary>Makes sure that the key is known, if need be by asking the node.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (_verifier is not null)
        {
            return;
        }

        using var _ = await lanes.Info.EnterAsync(cancellationToken);
        if (_verifier is null)
        {
            var key = await link.AskAsync(lanes.Info, new NodeRequest("info", RequestText.Info()), ReadKeyAsync, cancellationToken);
            await store!.PinAsync(key, cancellationToken);
            _verifier = new SignatureVerifier(key);
            ClientLog.NodeKeyPinned(logger);
        }
    }

    private static async Task<P256PublicKey?> ReadKeyAsync(Attempt attempt)
    {
        while (true)
        {
            var envelope = await attempt.NextAsync();
            if (JsonParser.TryParse(envelope.ContentBytes.Span, out var json)
                && P256PublicKey.TryParsePem(json.Text("publicKey"), out var key)
                && new SignatureVerifier(key).Verify(envelope.ContentBytes.Span, envelope.Signature))
            {
                return key;
            }
        }
    }
}
