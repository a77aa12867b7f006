using NymDirectory.Client.Protocol;
using NymDirectory.Client.Requests;
using NymDirectory.Client.Telemetry;
using NymDirectory.Client.Transport;

namespace NymDirectory.Client.Receiving;

/// <summary>
/// Reads what the mixnet brings and sorts it: the node's answers to their lanes, messages to the inbox, the rest nowhere. Nothing here waits for an
/// answer, since answers come through here.
/// </summary>
internal sealed class Intake(
    IMixnetTransport transport, NodeTrust trust, AnswerLanes lanes, SurbBudget surbs, Inbox inbox, DropRecorder drops)
{
    private const int MaxMessageBytes = 1024 * 1024;

    /// <summary>Runs until the transport ends.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var message in transport.ReceiveAsync(cancellationToken))
        {
            await AcceptAsync(message, cancellationToken);
        }
    }

    /// <summary>Sorts one message. Never throws, whatever it holds.</summary>
    internal async Task AcceptAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (message.Length > MaxMessageBytes)
        {
            drops.Record(DropReason.TooLarge);
        }
        else if (!NodeEnvelope.TryRead(message.Span, out var envelope))
        {
            drops.Record(DropReason.Malformed);
        }
        else if (trust.IsFromNode(envelope))
        {
            surbs.Spent(message.Length);
            await AcceptFromNodeAsync(envelope, cancellationToken);
        }
        else if (IsMessage(envelope))
        {
            await inbox.PostAsync(envelope, viaDirect: true, cancellationToken);
        }
        else
        {
            AcceptUnproven(envelope);
        }
    }

    private static bool IsMessage(NodeEnvelope envelope) => envelope is { Action: "incomingMessage", Context: "chat" };

    private async Task AcceptFromNodeAsync(NodeEnvelope envelope, CancellationToken cancellationToken)
    {
        if (IsMessage(envelope))
        {
            await inbox.PostAsync(envelope, viaDirect: false, cancellationToken);
        }
        else if (lanes.For(envelope) is not { } lane)
        {
            drops.Record(DropReason.UnknownAction);
        }
        else if (!lane.Offer(envelope))
        {
            drops.Record(DropReason.UnexpectedAnswer);
        }
    }

    /// <summary>The first answer of all brings the key that proves it.</summary>
    private void AcceptUnproven(NodeEnvelope envelope)
    {
        if (trust.IsKnown)
        {
            drops.Record(DropReason.NodeSignature);
        }
        else if (lanes.For(envelope) != lanes.Info || !lanes.Info.Offer(envelope))
        {
            drops.Record(DropReason.NodeKeyUnknown);
        }
    }
}
