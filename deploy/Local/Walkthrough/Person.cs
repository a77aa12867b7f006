using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using NymDirectory.Client;
using NymDirectory.Client.Contacts;
using NymDirectory.Client.Transport;
using NymDirectory.Local.Node;
using NymDirectory.Local.Processes;
using NymDirectory.Mixnet;
using NymDirectory.Signatures;

namespace NymDirectory.Local.Walkthrough;

/// <summary>Somebody in the conversation: a name, a key, and a nym-client of their own on the local mixnet.</summary>
internal sealed class Person : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly NodeProcess _nymClient;
    private readonly NymClientConnection _connection;
    private readonly SigningKey _key;

    private Person(string username, NodeProcess nymClient, NymClientConnection connection, SigningKey key, NymChatClient client)
    {
        (Username, _nymClient, _connection, _key, Client) = (username, nymClient, connection, key, client);
    }

    internal string Username { get; }

    internal NymChatClient Client { get; }

    /// <summary>Starts a nym-client and a chat client for somebody new.</summary>
    internal static async Task<Person> ArriveAsync(string name, NodeAccess node, ServicePrograms programs, CancellationToken cancellationToken)
    {
        // The node keeps its users, so each walk through needs new names.
        var username = $"{name}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3))}";
        var user = await LocalnetUser.StartAsync(username, node, programs, cancellationToken);
        var key = SigningKey.Generate();
        var connection = NymClientConnection.Start(
            user.Endpoint, new NymClientConnectionOptions(), NullLogger.Instance, TimeProvider.System);
        var client = await NymChatClient.StartAsync(
            new Identity(username, key),
            new NymClientTransport(connection),
            new InMemoryContactStore(),
            await OptionsAsync(node, cancellationToken),
            cancellationToken: cancellationToken);
        return new Person(username, user.Process, connection, key, client);
    }

    /// <summary>The next message; throws when none comes in time.</summary>
    internal async Task<IncomingMessage> ReceiveAsync(CancellationToken cancellationToken) =>
        await Client.Received.ReadAsync(cancellationToken).AsTask().WaitAsync(Patience, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _connection.DisposeAsync();
        await _nymClient.StopAsync(Signal.Interrupt, Patience);
        await _nymClient.DisposeAsync();
        _key.Dispose();
    }

    private static async Task<NymChatClientOptions> OptionsAsync(NodeAccess node, CancellationToken cancellationToken)
    {
        var address = NymAddress.Parse((await File.ReadAllTextAsync(node.AddressFile, cancellationToken)).Trim());
        var pem = await File.ReadAllTextAsync(node.PublicKeyFile, cancellationToken);
        return new NymChatClientOptions
        {
            Node = address,
            NodeKey = P256PublicKey.TryParsePem(pem, out var key) ? key : throw new LocalException("the node's public key file holds no key."),
            AnswerTimeout = TimeSpan.FromSeconds(10),
            Attempts = 2,
        };
    }
}
