using Microsoft.Extensions.Logging.Abstractions;
using NymDirectory.Client;
using NymDirectory.Client.Contacts;
using NymDirectory.Client.Receipts;
using NymDirectory.Client.Transport;
using NymDirectory.Load.Soak.Node;
using NymDirectory.Local.Processes;
using NymDirectory.Local.Walkthrough;
using NymDirectory.Mixnet;

namespace NymDirectory.Load.Soak.Users;

/// <summary>The client library on a nym-client of its own, from one start to the end.</summary>
internal sealed class UserSession
{
    private static int _count;

    private readonly LocalnetUser _nymClient;
    private readonly NymClientConnection _connection;

    private UserSession(LocalnetUser nymClient, NymClientConnection connection, NymChatClient client) =>
        (_nymClient, _connection, Client) = (nymClient, connection, client);

    public NymChatClient Client { get; }

    /// <summary>Starts both. Each time a new id: a user who comes back has another address and other tags.</summary>
    public static async Task<UserSession> StartAsync(
        SoakNode node, Identity identity, IContactStore contacts, IReceiptStore receipts, CancellationToken cancellationToken)
    {
        var id = $"user-{Interlocked.Increment(ref _count)}";
        var nymClient = await LocalnetUser.StartAsync(id, node.Local.Setup.Access, node.Programs, cancellationToken);
        var connection = NymClientConnection.Start(nymClient.Endpoint, new NymClientConnectionOptions(), NullLogger.Instance, TimeProvider.System);
        var options = new NymChatClientOptions
        {
            Node = node.Address,
            NodeKey = node.PublicKey,
            // Short attempts and many of them: the node is away for seconds.
            AnswerTimeout = TimeSpan.FromSeconds(3),
            Attempts = 20,
        };
        var client = await NymChatClient.StartAsync(
            identity, new NymClientTransport(connection), contacts, options, receipts: receipts, cancellationToken: cancellationToken);
        return new UserSession(nymClient, connection, client);
    }

    /// <summary>nym-client is gone from one moment to the next, with whatever the library has not said yet.</summary>
    public Task CutOffAsync() => _nymClient.Process.StopAsync(Signal.Kill, TimeSpan.FromSeconds(10));

    public async Task EndAsync(DropCounts drops)
    {
        await Client.DisposeAsync();
        await _connection.DisposeAsync();
        await _nymClient.Process.StopAsync(Signal.Kill, TimeSpan.FromSeconds(10));
        await _nymClient.Process.DisposeAsync();
        drops.Add(Client.Counters);
    }
}
