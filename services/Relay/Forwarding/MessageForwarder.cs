using System.Diagnostics;
using Grpc.Core;
using NymDirectory.Contracts.V1;
using NymDirectory.Hosting.Telemetry;
using NymDirectory.Relay.Keys;
using NymDirectory.Relay.Telemetry;

namespace NymDirectory.Relay.Forwarding;

/// <summary>One message, from its arrival to its outcome: read, checked, accepted.</summary>
internal sealed class MessageForwarder(
    SenderCheck senders, SenderKeys keys, MailboxDoor mailboxes, RelayTracing tracing, RelayMetrics metrics)
{
    /// <summary>Decides one message. Throws when that cannot be done now; then nothing was promised, and it may be repeated.</summary>
    public async Task<ForwardOutcome> ForwardAsync(ForwardItem item, CancellationToken cancellationToken)
    {
        using var span = ItemTrace.Start(tracing.Source, RelayTelemetry.ForwardSpan, ActivityKind.Server, item.Context.Traceparent);
        try
        {
            var outcome = await DecideAsync(item, span, cancellationToken);
            metrics.Forwarded(outcome.OutcomeCase);
            span?.SetTag(RelayTelemetry.Outcome, OutcomeLabels.Of(outcome.OutcomeCase));
            return outcome;
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            metrics.Undecided();
            span?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }

    private async ValueTask<ForwardOutcome> DecideAsync(ForwardItem item, Activity? span, CancellationToken cancellationToken)
    {
        if (MessageReader.Read(item, out var refusal) is not { } message)
        {
            return refusal!;
        }

        var verdict = await senders.CheckAsync(message, cancellationToken);
        if (verdict.Key is not { } key)
        {
            return verdict.Refusal!;
        }

        var outcome = await mailboxes.AcceptAsync(message, key, span, cancellationToken);
        if (outcome.OutcomeCase == AcceptOutcome.OutcomeOneofCase.KeyChanged)
        {
            return await WithChangedKeyAsync(message, outcome.KeyChanged, span, cancellationToken);
        }

        return Conclude(message, outcome);
    }

    /// <summary>The cached key was an old one: the message counts only if it fits the new one, too.</summary>
    private async ValueTask<ForwardOutcome> WithChangedKeyAsync(
        SignedMessage message, AccountKey changed, Activity? span, CancellationToken cancellationToken)
    {
        var key = keys.Keep(message.Content.Sender, changed);
        if (key is null || !senders.Fits(key, message))
        {
            return Outcomes.InvalidSignature;
        }

        return Conclude(message, await mailboxes.AcceptAsync(message, key, span, cancellationToken));
    }

    private ForwardOutcome Conclude(SignedMessage message, AcceptOutcome outcome)
    {
        if (outcome.OutcomeCase == AcceptOutcome.OutcomeOneofCase.UnknownSender)
        {
            keys.Forget(message.Content.Sender);
        }

        return outcome.OutcomeCase switch
        {
            AcceptOutcome.OutcomeOneofCase.Leased => Outcomes.Accepted,
            AcceptOutcome.OutcomeOneofCase.Pending => Outcomes.Accepted,
            AcceptOutcome.OutcomeOneofCase.Settled => Outcomes.Accepted,
            // Changed twice in the time of one message: the signature cannot be of both keys.
            AcceptOutcome.OutcomeOneofCase.KeyChanged => Outcomes.InvalidSignature,
            AcceptOutcome.OutcomeOneofCase.UnknownSender => Outcomes.UnrecognizedSender,
            AcceptOutcome.OutcomeOneofCase.RecipientNotFound => Outcomes.RecipientNotFound,
            AcceptOutcome.OutcomeOneofCase.MailboxFull => Outcomes.MailboxFull,
            _ => throw new InvalidOperationException("The Directory answered an acceptance with an outcome that is not in the contract."),
        };
    }
}
