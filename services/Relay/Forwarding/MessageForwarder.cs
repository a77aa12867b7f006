using System.Diagnostics;
using NymDirectory.Contracts.V1;
using NymDirectory.Relay.Keys;
using NymDirectory.Relay.Telemetry;

namespace NymDirectory.Relay.Forwarding;

/// <summary>
/// A list of messages, from its arrival to its outcomes: each is read and checked, all that pass are accepted in one call. A list came together, and goes on
/// together: calls of their own for those that were checked first would cost more than the wait for the others.
/// </summary>
internal sealed class MessageForwarder(
    SenderCheck senders, SenderKeys keys, MailboxDoor mailboxes, AcceptedDeliveries deliveries, RelayTracing tracing, RelayMetrics metrics)
{
    /// <summary>Decides all messages of a list. Throws when one of them cannot be decided now; then nothing was promised, and the list may be repeated.</summary>
    public async Task<ForwardResponse> ForwardAsync(ForwardRequest request, CancellationToken cancellationToken)
    {
        var messages = request.Items.Select(item => new MessageUnderWay(item)).ToArray();
        try
        {
            await ItemFanOut<MessageUnderWay>.RunAsync(messages, message => CheckAsync(message, cancellationToken));
            await AcceptAsync([.. messages.Where(message => message.Outcome is null)], cancellationToken);
            return Conclude(request, messages);
        }
        catch
        {
            metrics.Undecided(messages.Length);
            Array.ForEach(messages, message => message.Span?.SetStatus(ActivityStatusCode.Error));
            throw;
        }
        finally
        {
            Array.ForEach(messages, message => message.Span?.Dispose());
        }
    }

    /// <summary>Reads one message and checks its signature. What fails has its outcome.</summary>
    private async Task CheckAsync(MessageUnderWay message, CancellationToken cancellationToken)
    {
        // Within this method the span is the present one, so that a look-up and the check belong to it.
        message.Start(tracing);
        if (MessageReader.Read(message.Item, out var refusal) is not { } signed)
        {
            message.Outcome = refusal!;
            return;
        }

        message.Signed = signed;
        var verdict = await senders.CheckAsync(message, cancellationToken);
        message.Key = verdict.Key;
        message.Outcome = verdict.Refusal;
    }

    private async Task AcceptAsync(IReadOnlyList<MessageUnderWay> messages, CancellationToken cancellationToken)
    {
        await mailboxes.AcceptAsync(messages, cancellationToken);
        await mailboxes.AcceptAsync(TakeChangedKeys(messages), cancellationToken);
        foreach (var message in messages)
        {
            message.Outcome ??= Read(message, message.Acceptance!);
        }
    }

    /// <summary>Gives those whose cached keys were old ones the new ones, and says which of them fit these: only they count.</summary>
    private List<MessageUnderWay> TakeChangedKeys(IReadOnlyList<MessageUnderWay> messages)
    {
        var fitting = new List<MessageUnderWay>();
        foreach (var message in messages)
        {
            if (message.Acceptance?.KeyChanged is not { } changed)
            {
                continue;
            }

            message.Key = keys.Keep(message.Signed!.Content.Sender, changed);
            if (message.Key is not null && senders.Fits(message.Key, message))
            {
                fitting.Add(message);
            }
        }

        return fitting;
    }

    private ForwardOutcome Read(MessageUnderWay message, AcceptOutcome acceptance)
    {
        if (acceptance.OutcomeCase == AcceptOutcome.OutcomeOneofCase.UnknownSender)
        {
            keys.Forget(message.Signed!.Content.Sender);
        }

        return acceptance.OutcomeCase switch
        {
            AcceptOutcome.OutcomeOneofCase.Leased => Outcomes.Accepted,
            AcceptOutcome.OutcomeOneofCase.Pending => Outcomes.Accepted,
            AcceptOutcome.OutcomeOneofCase.Settled => Outcomes.Accepted,
            // It does not fit the new key, or the key changed twice in the time of one message: the signature cannot be of both keys.
            AcceptOutcome.OutcomeOneofCase.KeyChanged => Outcomes.InvalidSignature,
            AcceptOutcome.OutcomeOneofCase.UnknownSender => Outcomes.UnrecognizedSender,
            AcceptOutcome.OutcomeOneofCase.RecipientNotFound => Outcomes.RecipientNotFound,
            AcceptOutcome.OutcomeOneofCase.MailboxFull => Outcomes.MailboxFull,
            _ => throw new InvalidOperationException("The Directory answered an acceptance with an outcome that is not in the contract."),
        };
    }

    private ForwardResponse Conclude(ForwardRequest request, MessageUnderWay[] messages)
    {
        var response = new ForwardResponse();
        foreach (var message in messages)
        {
            var outcome = message.Outcome!;
            metrics.Forwarded(outcome.OutcomeCase);
            message.Span?.SetTag(RelayTelemetry.Outcome, OutcomeLabels.Of(outcome.OutcomeCase));
            response.Outcomes.Add(outcome);
            if (message.Acceptance?.Leased is { } delivery)
            {
                deliveries.Take(delivery, message, request.TakesDeliveries ? response : null);
            }
        }

        return response;
    }
}
