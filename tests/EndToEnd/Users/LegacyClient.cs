using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using NymDirectory.EndToEnd.Harness;
using NymDirectory.Mixnet;
using NymDirectory.Signatures;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Users;

/// <summary>
/// An existing nymCHAT client, as protocol.md describes it: text frames, Python's JSON, ten SURBs with everything, one log-in after each start and none
/// after that. What it prints and signs is made here, independent of the library.
/// </summary>
internal sealed class LegacyClient : IAsyncDisposable
{
    private const uint ReplySurbs = 10;

    private readonly ReachableNode _node;
    private readonly UserNymClient _nymClient;
    private readonly ClientWebSocket _socket;
    private readonly ConcurrentQueue<NodeMessage> _messages = new();
    private readonly TaskCompletionSource<NymAddress> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;

    private LegacyClient(ReachableNode node, UserNymClient nymClient, ClientWebSocket socket, string username, SigningKey key)
    {
        (_node, _nymClient, _socket, Username, Key) = (node, nymClient, socket, username, key);
        _reading = ReadAsync();
    }

    /// <summary>Who uses it; another user can sit down at the same client.</summary>
    public string Username { get; set; }

    public SigningKey Key { get; set; }

    public UserNymClient NymClient => _nymClient;

    /// <summary>Everything that came, in order.</summary>
    public IReadOnlyList<NodeMessage> Messages => [.. _messages];

    /// <summary>Messages of others, in order.</summary>
    public IReadOnlyList<NodeMessage> Incoming => [.. _messages.Where(message => message.Action == "incomingMessage")];

    public static async Task<LegacyClient> StartAsync(ReachableNode node, string username, SigningKey? key = null)
    {
        var nymClient = await UserNymClient.StartAsync(node);
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(nymClient.Endpoint, CancellationToken.None).Within();
        var client = new LegacyClient(node, nymClient, socket, username, key ?? SigningKey.Generate());
        node.Canaries.Add("a username", username);
        node.Canaries.AddPem("a public key", client.Key.PublicKey.Pem);
        node.Canaries.Add("a user's address", (await client.AddressAsync()).ToBase58());
        return client;
    }

    public static async Task<LegacyClient> RegisteredAsync(ReachableNode node, string username, SigningKey? key = null)
    {
        var client = await StartAsync(node, username, key);
        await client.RegisterAsync();
        return client;
    }

    public async Task<NymAddress> AddressAsync()
    {
        await WriteAsync(new SelfAddressRequest());
        return await _address.Task.Within();
    }

    public async Task RegisterAsync()
    {
        var challenge = await AskAsync(Register(Username, Key.PublicKey.Pem), "challenge");
        var answer = await AskAsync(Answer("registrationResponse", Username, challenge, Key), "challengeResponse");
        Assert.Equal(("registration", "success"), (answer.Context, answer.Content));
    }

    public async Task LogInAsync()
    {
        var challenge = await AskAsync(Login(Username), "challenge");
        var answer = await AskAsync(Answer("loginResponse", Username, challenge, Key), "challengeResponse");
        Assert.Equal(("login", "success"), (answer.Context, answer.Content));
    }

    public async Task<P256PublicKey> LookUpAsync(string username)
    {
        var found = await AskAsync(Query(username), "queryResponse");
        Assert.Equal(username, found.Json["username"]!.GetValue<string>());
        Assert.True(P256PublicKey.TryParsePem(found.Json["publicKey"]!.GetValue<string>(), out var key));
        return key;
    }

    /// <summary>Sends a chat message and waits for the node's word that it has it. Returns what was signed.</summary>
    public async Task<string> SendAsync(string recipient, P256PublicKey recipientKey, string text, bool withKey = false, int type = 0)
    {
        var content = Content(recipient, LegacyCipher.Seal(Key, recipientKey, type, text), withKey);
        _node.Canaries.Add("a message's text", text[..Math.Min(text.Length, 60)]);
        Assert.Equal("success", await SendContentAsync(content));
        return content;
    }

    /// <summary>Signs and sends a content as it is, and waits for the answer.</summary>
    public async Task<string> SendContentAsync(string content) => (await AskAsync(Send(content, Key), "sendResponse")).Content;

    public string Content(string recipient, JsonNode body, bool withKey = false)
    {
        var content = new JsonObject { ["sender"] = Username, ["recipient"] = recipient, ["body"] = body, ["encrypted"] = true };
        if (withKey)
        {
            content["senderPublicKey"] = Key.PublicKey.Pem;
        }

        return PythonJson.Print(content);
    }

    /// <summary>Sends a request to the node and waits for the next message of an action.</summary>
    public async Task<NodeMessage> AskAsync(string request, string action, TimeSpan? timeout = null)
    {
        var mark = _messages.Count;
        await SendRawAsync(request);
        return await NextAsync(action, mark, timeout);
    }

    /// <summary>The next message of an action after a number of messages. Whatever comes from the node must bear its signature.</summary>
    public async Task<NodeMessage> NextAsync(string action, int since, TimeSpan? timeout = null)
    {
        NodeMessage? found = null;
        await Eventually.True(
            () => (found = _messages.Skip(since).FirstOrDefault(message => message.Action == action)) is not null, timeout, $"{action} comes");
        Assert.True(found!.SignedByNode, $"{action} is signed by the node");
        return found;
    }

    /// <summary>Waits until so many messages of others are there, and opens the last.</summary>
    public async Task<string> ReceiveAsync(int count, P256PublicKey sender, TimeSpan? timeout = null)
    {
        await Eventually.True(() => Incoming.Count >= count, timeout, $"message {count} arrives (there are {Incoming.Count})");
        return Open(Incoming[count - 1], sender);
    }

    public string Open(NodeMessage message, P256PublicKey sender) => LegacyCipher.Open(Key, sender, message.Json["body"]!).Text;

    /// <summary>All texts that came from one sender, in order.</summary>
    public IReadOnlyList<string> TextsFrom(LegacyClient sender) =>
        [.. Incoming.Where(message => message.Sender == sender.Username).Select(message => Open(message, sender.Key.PublicKey))];

    /// <summary>Sends a text to the node, with SURBs.</summary>
    public Task SendRawAsync(string request) => SendRawAsync(Encoding.UTF8.GetBytes(request));

    public Task SendRawAsync(ReadOnlyMemory<byte> request) => WriteAsync(new SendAnonymousRequest(_node.Address, request, ReplySurbs, null));

    /// <summary>Bytes as they are: the form in which text cannot be damaged on the way.</summary>
    public Task SendBinaryAsync(ReadOnlyMemory<byte> request) =>
        WriteAsync(new SendAnonymousRequest(_node.Address, request, ReplySurbs, null), WebSocketMessageType.Binary);

    /// <summary>Sends without SURBs: to the node, or straight to another user.</summary>
    public Task SendPlainAsync(NymAddress recipient, string text) => WriteAsync(new SendRequest(recipient, Encoding.UTF8.GetBytes(text), null));

    public static string Register(string username, string pem) =>
        PythonJson.Print(new JsonObject { ["action"] = "register", ["usernym"] = username, ["publicKey"] = pem });

    public static string Login(string username) => PythonJson.Print(new JsonObject { ["action"] = "login", ["usernym"] = username });

    public static string Query(string username) => PythonJson.Print(new JsonObject { ["action"] = "query", ["username"] = username });

    public static string Send(string content, SigningKey key) => PythonJson.Print(
        new JsonObject { ["action"] = "send", ["content"] = content, ["signature"] = key.SignHex(Encoding.UTF8.GetBytes(content)) });

    public static string Answer(string action, string username, NodeMessage challenge, SigningKey key)
    {
        var nonce = challenge.Json["nonce"]!.GetValue<string>();
        Assert.Matches("^[0-9a-f]{32}$", nonce);
        return PythonJson.Print(
            new JsonObject { ["action"] = action, ["username"] = username, ["signature"] = key.SignHex(Encoding.ASCII.GetBytes(nonce)) });
    }

    public async ValueTask DisposeAsync()
    {
        await _nymClient.DisposeAsync();
        await _reading;
        _socket.Dispose();
    }

    private async Task WriteAsync(NymRequest request, WebSocketMessageType form = WebSocketMessageType.Text)
    {
        var buffer = new ArrayBufferWriter<byte>();
        if (form == WebSocketMessageType.Text)
        {
            JsonCodec.Write(buffer, request);
        }
        else
        {
            BinaryCodec.Write(buffer, request);
        }

        await _socket.SendAsync(buffer.WrittenMemory, form, endOfMessage: true, CancellationToken.None);
    }

    private async Task ReadAsync()
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        try
        {
            while (true)
            {
                var read = await _socket.ReceiveAsync(buffer.GetMemory(1 << 16), CancellationToken.None);
                buffer.Advance(read.Count);
                if (read.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                if (read.EndOfMessage)
                {
                    Take(buffer.WrittenMemory.ToArray(), read.MessageType);
                    buffer.ResetWrittenCount();
                }
            }
        }
        catch (WebSocketException)
        {
            // Its nym-client has ended.
        }
    }

    private void Take(byte[] frame, WebSocketMessageType form)
    {
        var readable = form == WebSocketMessageType.Text
            ? JsonCodec.TryReadResponse(frame, out var response, out _)
            : BinaryCodec.TryReadResponse(frame, out response, out _);
        if (readable && response is SelfAddressResponse self)
        {
            _address.TrySetResult(self.Address);
        }
        else if (readable && response is ReceivedResponse received)
        {
            Take(Encoding.UTF8.GetString(received.Message.Span));
        }
    }

    private void Take(string text)
    {
        var message = JsonNode.Parse(text)!;
        var content = message["content"]!.GetValue<string>();
        var signed = _node.Signature.Verify(Encoding.UTF8.GetBytes(content), message["signature"]!.GetValue<string>());
        _messages.Enqueue(new NodeMessage(text, message["action"]!.GetValue<string>(), content, message["context"]!.GetValue<string>(), signed));
    }
}
