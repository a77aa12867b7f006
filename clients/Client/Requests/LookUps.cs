using NymDirectory.Client.Json;
using NymDirectory.Client.Protocol;
using NymDirectory.Signatures;

namespace NymDirectory.Client.Requests;

/// <summary>Asks the node for accounts.</summary>
internal sealed class LookUps(AnswerLane lane, NodeLink link, NodeTrust trust)
{
    /// <summary>Who has that name. Names that cannot exist are not asked for.</summary>
    /// <exception cref="NodeSilentException">No answer came.</exception>
    public async Task<LookUpOutcome> FindAsync(string username, CancellationToken cancellationToken)
    {
        if (!Username.HasForm(username))
        {
            return new LookUpOutcome(null);
        }

        await trust.EnsureAsync(cancellationToken);
        using var _ = await lane.EnterAsync(cancellationToken);
        var reference = AnswerReference.Fresh();
        var request = new NodeRequest("query", RequestText.Query(username, reference), reference);
        return await link.AskAsync(lane, request, attempt => ReadAsync(attempt, username), cancellationToken);
    }

    private static async Task<LookUpOutcome?> ReadAsync(Attempt attempt, string username)
    {
        while (true)
        {
            var envelope = await attempt.NextAsync();
            var certain = attempt.IsOurs(envelope);
            if (!attempt.IsAnothers(envelope) && Read(envelope, username, certain) is { } outcome)
            {
                return outcome.Refusal is { IsWorthRepeating: true } && !attempt.IsLast ? null : outcome;
            }

            attempt.LeaveAside();
        }
    }

    /// <summary>An answer with an account says whose it is; "nobody" and errors do not.</summary>
    private static LookUpOutcome? Read(NodeEnvelope envelope, string username, bool certain) => envelope.Content switch
    {
        AnswerNames.NobodyFound => certain ? new LookUpOutcome(null) : null,
        var content when content.StartsWith(NodeRefusal.ErrorPrefix, StringComparison.Ordinal) =>
            certain ? new LookUpOutcome(null, NodeRefusal.From(content)) : null,
        _ => ReadAccount(envelope, username),
    };

    private static LookUpOutcome? ReadAccount(NodeEnvelope envelope, string username) =>
        JsonParser.TryParse(envelope.ContentBytes.Span, out var json)
        && json.Text("username") == username
        && P256PublicKey.TryParsePem(json.Text("publicKey"), out var key)
            ? new LookUpOutcome(new Account(username, key))
            : null;
}
