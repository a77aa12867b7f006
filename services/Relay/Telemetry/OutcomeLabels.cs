using NymDirectory.Contracts.V1;
using NymDirectory.Relay.Delivery;
using NymDirectory.Relay.Keys;

namespace NymDirectory.Relay.Telemetry;

/// <summary>How outcomes are written in labels.</summary>
internal static class OutcomeLabels
{
    /// <summary>The label of a message's outcome.</summary>
    public static string Of(ForwardOutcome.OutcomeOneofCase outcome) => outcome switch
    {
        ForwardOutcome.OutcomeOneofCase.InvalidContent => "invalid_content",
        ForwardOutcome.OutcomeOneofCase.MissingSenderOrRecipient => "missing_sender_or_recipient",
        ForwardOutcome.OutcomeOneofCase.UnrecognizedSender => "unrecognized_sender",
        ForwardOutcome.OutcomeOneofCase.InvalidSignature => "invalid_signature",
        ForwardOutcome.OutcomeOneofCase.RecipientNotFound => "recipient_not_found",
        ForwardOutcome.OutcomeOneofCase.MailboxFull => "mailbox_full",
        ForwardOutcome.OutcomeOneofCase.Accepted => "accepted",
        _ => "unknown",
    };

    /// <summary>The label of a delivery's outcome.</summary>
    public static string Of(DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.Queued => "queued",
        DeliveryOutcome.Answered => "answered",
        DeliveryOutcome.RouteNotLive => "route_not_live",
        DeliveryOutcome.QueueFull => "queue_full",
        DeliveryOutcome.GatewayFailed => "gateway_failed",
        DeliveryOutcome.PredecessorFailed => "predecessor_failed",
        DeliveryOutcome.LeaseTooOld => "lease_too_old",
        DeliveryOutcome.NoRoom => "no_room",
        DeliveryOutcome.BadEndpoint => "bad_endpoint",
        DeliveryOutcome.Stopping => "stopping",
        _ => "unknown",
    };

    /// <summary>The label of what the key cache knew.</summary>
    public static string Of(KeyCacheResult result) => result switch
    {
        KeyCacheResult.Hit => "hit",
        KeyCacheResult.Known => "known",
        KeyCacheResult.Miss => "miss",
        _ => "unknown",
    };
}
