using System.Text;
using Microsoft.Extensions.Logging;
using NymDirectory.Client.Contacts;
using NymDirectory.Client.Protocol;
using NymDirectory.Client.Requests;
using NymDirectory.Client.Telemetry;
using NymDirectory.Client.Transport;
using NymDirectory.Mixnet;

namespace NymDirectory.Client.Direct;

/// <summary>
/// Sends straight to contacts who handed over their address. The mixnet never says what arrived, so a contact that stays silent directly gets the same
/// messages through the node, and has to hand over an address again.
/// </summary>
internal sealed class DirectDelivery(
    IMixnetTransport transport,
    NodeSends node,
    ContactBook contacts,
    DirectWindows windows,
    DropRecorder drops,
    ClientCounters counters,
    TimeSpan timeout,
    TimeProvider time,
    ILogger logger)
{
    private const int MaxFailedFallbacks = 5;

    /// <summary>Sends straight to the contact; false: it did not leave and should go through the node.</summary>
    public async Task<bool> TrySendAsync(Contact contact, SignedContent message, CancellationToken cancellationToken)
    {
        if (contact.DirectAddress is not { } address || !windows.TryAdd(contact.Username, address, message))
        {
            return false;
        }

        if (await TrySendAsync(address, message.ForRecipient(), cancellationToken))
        {
            return true;
        }

        windows.Remove(contact.Username, message);
        cancellationToken.ThrowIfCancellationRequested();
        return false;
    }

    /// <summary>The contact was heard from directly: what was sent before counts as arrived.</summary>
    public async Task ConfirmAsync(string contact, CancellationToken cancellationToken)
    {
        if (windows.TryTake(contact, out _))
        {
            await contacts.UpdateAsync(contact, known => known with { FirstMessageSent = true }, cancellationToken);
        }
    }

    /// <summary>Watches for silence until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var contact in windows.Silent.ReadAllAsync(cancellationToken))
        {
            try
            {
                await FallBackAsync(contact, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                ClientLog.MessageFailed(logger, e.GetType().Name);
            }
        }
    }

    private async Task<bool> TrySendAsync(NymAddress address, string message, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        try
        {
            // Without SURBs: a tag would only give the contact a second way to recognise us.
            await transport.SendAsync(address, Encoding.UTF8.GetBytes(message), either.Token);
            return true;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            ClientLog.NotHandedOver(logger);
            return false;
        }
    }

    private async Task FallBackAsync(string contact, CancellationToken cancellationToken)
    {
        if (!windows.TryTake(contact, out var window))
        {
            // Confirmed in the last moment.
            return;
        }

        // The caller's contact store can fail on the way: what has not gone through the node by then is still to be sent.
        var rest = window.Unconfirmed;
        try
        {
            counters.DirectFallback();
            await GiveUpAsync(contact, window.Address, cancellationToken);
            ClientLog.DirectSilent(logger, window.Unconfirmed.Count);
            var outcomes = await node.SendInOrderAsync(window.Unconfirmed, cancellationToken);
            rest = window.Unconfirmed[outcomes.Count..];
            await NoteAsync(contact, outcomes, cancellationToken);
        }
        finally
        {
            KeepRest(contact, rest, window.FailedFallbacks + 1);
        }
    }

    private async Task NoteAsync(string contact, IReadOnlyList<NodeRefusal?> outcomes, CancellationToken cancellationToken)
    {
        foreach (var _ in outcomes.Where(refusal => refusal is not null))
        {
            drops.Record(DropReason.DirectGivenUp);
        }

        if (outcomes.Contains(null))
        {
            await contacts.UpdateAsync(contact, known => known with { FirstMessageSent = true }, cancellationToken);
        }
    }

    /// <summary>A newer handshake may have brought another address meanwhile: that one is not silent yet.</summary>
    private Task GiveUpAsync(string contact, NymAddress? silent, CancellationToken cancellationToken) => contacts.UpdateAsync(
        contact,
        known => known.DirectAddress is { } address && address.Equals(silent) ? known with { DirectAddress = null } : known,
        cancellationToken);

    private void KeepRest(string contact, List<SignedContent> rest, int failedFallbacks)
    {
        if (rest.Count > 0 && failedFallbacks < MaxFailedFallbacks)
        {
            windows.PutBack(contact, rest, failedFallbacks);
            return;
        }

        rest.ForEach(_ => drops.Record(DropReason.DirectGivenUp));
    }
}
