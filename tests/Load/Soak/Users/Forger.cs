using NymDirectory.Client;
using NymDirectory.Client.Contacts;
using NymDirectory.Client.Receipts;
using NymDirectory.Load.Soak.Node;
using NymDirectory.Signatures;

namespace NymDirectory.Load.Soak.Users;

/// <summary>Somebody who writes under another's name, with a key that is not theirs: the node has to refuse all of it, whatever fails meanwhile.</summary>
internal sealed class Forger(SoakNode node, Ledger ledger, DropCounts drops)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private UserSession? _session;

    /// <summary>Messages that the node took for genuine.</summary>
    public int Accepted { get; private set; }

    /// <summary>Starts a client under somebody's name.</summary>
    public async Task ArriveAsync(Identity victim, Identity recipient, CancellationToken cancellationToken)
    {
        var contacts = new InMemoryContactStore();
        await contacts.SaveAsync(new Contact { Username = recipient.Username, PublicKey = recipient.Key.PublicKey }, cancellationToken);
        _session = await UserSession.StartAsync(
            node, new Identity(victim.Username, SigningKey.Generate()), contacts, new InMemoryReceiptStore(), cancellationToken);
    }

    /// <summary>Writes until told to stop.</summary>
    public async Task WriteAsync(string recipient, CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            await SendAsync(_session!.Client, recipient, $"forged {number}");
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }

    public async Task EndAsync()
    {
        if (Interlocked.Exchange(ref _session, null) is { } session)
        {
            await session.EndAsync(drops);
        }
    }

    private async Task SendAsync(NymChatClient client, string recipient, string text)
    {
        ledger.Begin(recipient, text);
        try
        {
            var outcome = await client.SendAsync(recipient, text);
            Accepted += outcome.Succeeded ? 1 : 0;
            ledger.Tell(recipient, text, outcome.Refusal is { Reason: RefusalReason.TemporarilyUnavailable } ? Told.Nothing : Told.Refused);
        }
        catch (Exception e) when (e is NodeSilentException or IOException)
        {
            // Not refused, and not accepted either as far as we know; or the run is over.
        }
    }
}
