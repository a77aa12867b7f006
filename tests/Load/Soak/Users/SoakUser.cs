using NymDirectory.Client;
using NymDirectory.Client.Contacts;
using NymDirectory.Client.Receipts;
using NymDirectory.Load.Soak.Node;
using NymDirectory.Signatures;

namespace NymDirectory.Load.Soak.Users;

/// <summary>Somebody who writes to the others, acknowledges what comes, and is gone now and then. Keeps contacts and receipts meanwhile.</summary>
internal sealed class SoakUser(SoakNode node, string username, Ledger ledger, DropCounts drops)
{
    private const int LogInTries = 4;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly InMemoryContactStore _contacts = new();
    private readonly InMemoryReceiptStore _receipts = new();
    private UserSession? _session;
    private Task _reading = Task.CompletedTask;

    public Identity Identity { get; } = new(username, SigningKey.Generate());

    public string Username => Identity.Username;

    public async Task KnowAsync(Identity other) => await _contacts.SaveAsync(
        new Contact { Username = other.Username, PublicKey = other.Key.PublicKey }, CancellationToken.None);

    public async Task RegisterAsync(CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        var outcome = await _session!.Client.RegisterAsync(cancellationToken);
        if (!outcome.Succeeded)
        {
            throw new SoakException($"a user could not register: {outcome.Refusal!.Raw}");
        }
    }

    /// <summary>What an application does when it learns that the node's reply blocks are gone.</summary>
    public async Task LogInAsync()
    {
        var refusal = string.Empty;
        for (var tries = 0; tries < LogInTries; tries++)
        {
            var outcome = await _session!.Client.LogInAsync();
            if (outcome.Succeeded)
            {
                return;
            }

            refusal = outcome.Refusal!.Raw;
        }

        throw new SoakException($"a user could not log in: {refusal}");
    }

    /// <summary>Is cut off, and comes back after a while.</summary>
    public async Task GoneAsync(TimeSpan lasting, CancellationToken cancellationToken)
    {
        await _session!.CutOffAsync();
        await EndAsync();
        await Task.Delay(lasting, TimeProvider.System, cancellationToken);
        await StartAsync(cancellationToken);
        await LogInAsync();
    }

    /// <summary>Writes to the others until told to stop, one message after the other.</summary>
    public async Task WriteAsync(IReadOnlyList<SoakUser> others, Random dice, CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var recipient = others[dice.Next(others.Count)].Username;
            var text = $"{number} of {Username} {new string('.', Length(dice))}";
            if (_session is { } session)
            {
                await SendAsync(session.Client, recipient, text);
            }

            await Task.Delay(Glance + (dice.NextDouble() * TimeSpan.FromMilliseconds(400)), TimeProvider.System, CancellationToken.None);
        }
    }

    public async Task EndAsync()
    {
        if (Interlocked.Exchange(ref _session, null) is { } session)
        {
            await session.EndAsync(drops);
            await _reading;
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var session = await UserSession.StartAsync(node, Identity, _contacts, _receipts, cancellationToken);
        _reading = ReadAsync(session.Client);
        _session = session;
    }

    private async Task SendAsync(NymChatClient client, string recipient, string text)
    {
        ledger.Begin(recipient, text);
        try
        {
            var outcome = await client.SendAsync(recipient, text);
            ledger.Tell(recipient, text, outcome.Refusal switch
            {
                null => Told.Accepted,
                { Reason: RefusalReason.TemporarilyUnavailable } => Told.Nothing,
                _ => Told.Refused,
            });
        }
        catch (Exception e) when (e is NodeSilentException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Silence for a minute, or our own nym-client is gone: it stays undecided.
        }
    }

    private async Task ReadAsync(NymChatClient client)
    {
        await foreach (var message in client.Received.ReadAllAsync())
        {
            ledger.Arrived(Username, message.Text);
        }
    }

    // Mostly short ones; some of several packets, few of many.
    private static int Length(Random dice) => dice.Next(100) switch
    {
        < 85 => dice.Next(200),
        < 97 => 1_000 + dice.Next(2_000),
        _ => 12_000,
    };
}
