using Microsoft.Extensions.Logging.Abstractions;
using NymDirectory.Client;
using NymDirectory.Client.Contacts;
using NymDirectory.Client.Transport;
using NymDirectory.EndToEnd.Harness;
using NymDirectory.Mixnet;
using NymDirectory.Signatures;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Users;

/// <summary>A user of the client library, on a nym-client of their own.</summary>
internal sealed class LibraryClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly UserNymClient _nymClient;
    private readonly NymClientConnection _connection;

    private readonly InMemoryContactStore _contacts;

    private LibraryClient(
        UserNymClient nymClient, NymClientConnection connection, NymChatClient client, Identity identity, InMemoryContactStore contacts) =>
        (_nymClient, _connection, Client, Identity, _contacts) = (nymClient, connection, client, identity, contacts);

    public NymChatClient Client { get; }

    public Identity Identity { get; }

    public string Username => Identity.Username;

    public string NymClientId => _nymClient.Id;

    public static async Task<LibraryClient> StartAsync(
        ReachableNode node,
        string username,
        SigningKey? key = null,
        TimeSpan? directSilence = null,
        Func<NymChatClientOptions, NymChatClientOptions>? configure = null)
    {
        var nymClient = await UserNymClient.StartAsync(node);
        var connection = NymClientConnection.Start(nymClient.Endpoint, new NymClientConnectionOptions(), NullLogger.Instance, TimeProvider.System);
        var identity = new Identity(username, key ?? SigningKey.Generate());
        var options = new NymChatClientOptions
        {
            Node = node.Address,
            NodeKey = node.PublicKey,
            // Longer than the node waits for its own parts.
            AnswerTimeout = TimeSpan.FromSeconds(15),
            DirectSilence = directSilence ?? TimeSpan.FromMinutes(2),
        };
        var contacts = new InMemoryContactStore();
        var client = await NymChatClient.StartAsync(identity, new NymClientTransport(connection), contacts, configure?.Invoke(options) ?? options);
        node.Canaries.Add("a username", username);
        node.Canaries.AddPem("a public key", identity.Key.PublicKey.Pem);
        return new LibraryClient(nymClient, connection, client, identity, contacts);
    }

    public static async Task<LibraryClient> RegisteredAsync(
        ReachableNode node, string username, TimeSpan? directSilence = null, Func<NymChatClientOptions, NymChatClientOptions>? configure = null)
    {
        var client = await StartAsync(node, username, directSilence: directSilence, configure: configure);
        var outcome = await client.Client.RegisterAsync().Within(Patience);
        Assert.True(outcome.Succeeded, outcome.Refusal?.Raw);
        return client;
    }

    /// <summary>Sends and expects it to be on its way.</summary>
    public async Task<SendOutcome> SendAsync(string recipient, string text, TimeSpan? patience = null)
    {
        var outcome = await Client.SendAsync(recipient, text).Within(patience ?? Patience);
        Assert.True(outcome.Succeeded, outcome.Refusal?.Raw);
        return outcome;
    }

    /// <summary>Makes a contact of somebody without asking the node.</summary>
    public async Task KnowsAsync(Identity other) => await _contacts.SaveAsync(
        new Contact { Username = other.Username, PublicKey = other.Key.PublicKey }, CancellationToken.None);

    public async Task<IncomingMessage> ReceiveAsync() => await Client.Received.ReadAsync().AsTask().Within(Patience);

    /// <summary>Its nym-client is gone from one moment to the next; the library's part goes on.</summary>
    public ValueTask CutOffAsync() => _nymClient.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _connection.DisposeAsync();
        await _nymClient.DisposeAsync();
        Identity.Key.Dispose();
    }
}
