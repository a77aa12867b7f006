using System.Diagnostics;
using NymDirectory.Relay.Keys;
using NymDirectory.Relay.Telemetry;

namespace NymDirectory.Relay.Forwarding;

/// <summary>Checks that a message is by whom it says.</summary>
internal class SenderCheck(SenderKeys keys, RelayTracing tracing, RelayMetrics metrics)
{
    /// <summary>
    /// Checks a message that was read: with the cached key, and with the Directory's when there is none or the cached one, perhaps an old one, does not fit.
    /// </summary>
    // The load test puts a check that is made dearer in this one's place, in a host of its own (tests/ExpensiveRelay).
    public virtual async ValueTask<SenderVerdict> CheckAsync(MessageUnderWay message, CancellationToken cancellationToken)
    {
        var sender = message.Signed!.Content.Sender;
        if (keys.TryGetCached(sender, out var cached) && Fits(cached, message))
        {
            return SenderVerdict.Of(cached);
        }

        var current = await keys.LookUpAsync(sender, cancellationToken);
        if (current is null)
        {
            keys.Forget(sender);
            return SenderVerdict.Refused(Outcomes.UnrecognizedSender);
        }

        return current.Id != cached?.Id && Fits(current, message)
            ? SenderVerdict.Of(current)
            : SenderVerdict.Refused(Outcomes.InvalidSignature);
    }

    /// <summary>Whether the signature is this key's over the exact bytes that came.</summary>
    public bool Fits(SenderKey key, MessageUnderWay message)
    {
        using var span = message.Span is { } parent
            ? tracing.Source.StartActivity(RelayTelemetry.VerifySpan, ActivityKind.Internal, parent.Context)
            : null;
        var valid = keys.VerifierOf(key).Verify(message.Item.Content.Span, message.Item.Signature);
        metrics.SignatureChecked(valid);
        span?.SetTag(RelayTelemetry.Result, valid ? "valid" : "invalid");
        return valid;
    }
}
