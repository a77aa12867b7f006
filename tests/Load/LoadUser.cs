using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using NymDirectory.Client;
using NymDirectory.Client.Contacts;
using NymDirectory.Client.Transport;
using NymDirectory.Local.Node;
using NymDirectory.Local.Processes;
using NymDirectory.Local.Walkthrough;
using NymDirectory.Mixnet;
using NymDirectory.Signatures;

namespace NymDirectory.Load;

/// <summary>One user: registered and logged in by the client library, then bare messages that were signed beforehand.</summary>
internal sealed class LoadUser : IAsyncDisposable
{
    // One for the answer, one for each message that comes, and some to stay above what nym-client holds back.
    private const uint SurbsPerMessage = 4;

    private readonly NodeProcess _nymClient;
    private readonly NymClientConnection _connection;
    private readonly SigningKey _key;
    private readonly NymAddress _node;
    private readonly ConcurrentQueue<long> _unanswered = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _receiving = Task.CompletedTask;
    private int _delivered;

    private LoadUser(string name, NodeProcess nymClient, NymClientConnection connection, SigningKey key, NymAddress node) =>
        (Name, _nymClient, _connection, _key, _node) = (name, nymClient, connection, key, node);

    internal string Name { get; }

    internal int Delivered => Volatile.Read(ref _delivered);

    /// <summary>Takes each answer to a message: how long it took, and whether it was accepted.</summary>
    internal Action<double, bool> Answered { get; set; } = (_, _) => { };

    internal static async Task<LoadUser> ArriveAsync(string name, NodeSetup setup, ServicePrograms programs, CancellationToken cancellationToken)
    {
        var localnet = await LocalnetUser.StartAsync(name, setup.Access, programs, cancellationToken);
        var connection = NymClientConnection.Start(
            localnet.Endpoint, new NymClientConnectionOptions { ReceivedCapacity = 100_000 }, NullLogger.Instance, TimeProvider.System);
        var node = NymAddress.Parse((await File.ReadAllTextAsync(setup.AddressFile, cancellationToken)).Trim());
        var user = new LoadUser(name, localnet.Process, connection, SigningKey.Generate(), node);
        await user.RegisterAsync(cancellationToken);
        user._receiving = user.ReceiveAsync(user._stop.Token);
        return user;
    }

    /// <summary>A message as a client sends it, with a body of the usual size.</summary>
    internal byte[] Sign(string recipient, int number)
    {
        var body = new string('x', 800);
        var content = $$"""{"sender": "{{Name}}", "recipient": "{{recipient}}", "body": {"number": {{number}}, "text": "{{body}}"}, "encrypted": true}""";
        var signature = _key.SignHex(Encoding.UTF8.GetBytes(content));
        return Encoding.UTF8.GetBytes(
            $$"""{"action": "send", "content": "{{JsonEncodedText.Encode(content)}}", "signature": "{{signature}}"}""");
    }

    internal async Task SendAsync(byte[] message, CancellationToken cancellationToken)
    {
        // What one tag sends is answered in order, so answers are matched first in, first out.
        _unanswered.Enqueue(TimeProvider.System.GetTimestamp());
        await _connection.SendAnonymousAsync(_node, message, SurbsPerMessage, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _connection.DisposeAsync();
        await _nymClient.StopAsync(Signal.Kill, TimeSpan.FromSeconds(5));
        await _nymClient.DisposeAsync();
        _key.Dispose();
        _stop.Dispose();
    }

    private async Task RegisterAsync(CancellationToken cancellationToken)
    {
        var options = new NymChatClientOptions { Node = _node, SurbsForMessages = 100 };
        await using var client = await NymChatClient.StartAsync(
            new Identity(Name, _key), new NymClientTransport(_connection), new InMemoryContactStore(), options, new InMemoryNodeKeyStore(),
            cancellationToken: cancellationToken);
        if (await client.RegisterAsync(cancellationToken) is not { Succeeded: true })
        {
            throw new InvalidOperationException("A user was not registered.");
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        await foreach (var received in _connection.Received.ReadAllAsync(cancellationToken))
        {
            var text = received.Message.Span;
            if (text.StartsWith("{\"action\":\"sendResponse\""u8) && _unanswered.TryDequeue(out var sent))
            {
                Answered(TimeProvider.System.GetElapsedTime(sent).TotalMilliseconds, text.IndexOf("\"content\":\"success\""u8) > 0);
            }
            else if (text.StartsWith("{\"action\":\"incomingMessage\""u8))
            {
                Interlocked.Increment(ref _delivered);
            }
        }
    }
}
