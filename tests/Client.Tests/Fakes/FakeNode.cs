using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NymDirectory.Client.Json;
using NymDirectory.Signatures;

namespace NymDirectory.Client.Tests.Fakes;

/// <summary>A node that behaves as protocol.md says, in memory; it answers at once, and loses what it is told to lose.</summary>
internal sealed class FakeNode
{
    private const string Away = "error: temporarily unavailable";

    private readonly Lock _sync = new();
    private readonly Dictionary<(MemoryTransport, string), (string Nonce, string Username, P256PublicKey Key)> _challenges = [];
    private readonly Dictionary<string, MemoryTransport> _routes = [];
    private readonly HashSet<string> _accepted = [];
    private readonly List<FakeDelivery> _mailboxes = [];
    private readonly Dictionary<(string, string), long> _sequences = [];
    private readonly HashSet<string> _acknowledging = [];
    private int _nonces;

    public ConcurrentDictionary<string, P256PublicKey> Accounts { get; } = new();

    /// <summary>Every request, as it came.</summary>
    public ConcurrentQueue<FakeRequest> Requests { get; } = [];

    /// <summary>The key that signs; tests replace it to play another node.</summary>
    public SigningKey Key { get; set; } = People.NodeKey;

    /// <summary>Which requests get lost on their way.</summary>
    public Func<FakeRequest, bool> LoseRequest { get; set; } = _ => false;

    /// <summary>Which requests' answers get lost (the node has acted).</summary>
    public Func<FakeRequest, bool> LoseAnswer { get; set; } = _ => false;

    /// <summary>Which requests find a part of the node away.</summary>
    public Func<FakeRequest, bool> IsAway { get; set; } = _ => false;

    /// <summary>Which requests to send something are refused, and how.</summary>
    public Func<FakeRequest, string?> RefuseSend { get; set; } = _ => null;

    /// <summary>Whether it knows acknowledgements; those of before do not.</summary>
    public bool KnowsAcknowledgement { get; set; }

    /// <summary>Whether its answers carry the requests' references; those of before do not know them.</summary>
    public bool KnowsReferences { get; set; } = true;

    /// <summary>Which deliveries get lost in the mixnet.</summary>
    public Func<FakeDelivery, bool> LoseDelivery { get; set; } = _ => false;

    /// <summary>What was not acknowledged yet, in order.</summary>
    public IReadOnlyList<FakeDelivery> Unacknowledged
    {
        get
        {
            lock (_sync)
            {
                return [.. _mailboxes];
            }
        }
    }

    /// <summary>Makes the challenge's content.</summary>
    public Func<string, string> ChallengeContent { get; set; } = nonce => $$"""{"nonce": "{{nonce}}"}""";

    /// <summary>Contents that were accepted, once each.</summary>
    public IReadOnlyCollection<string> Accepted => _accepted;

    public IEnumerable<FakeRequest> RequestsOf(string action) => Requests.Where(request => request.Action == action);

    public void Receive(MemoryTransport from, string message, uint surbs)
    {
        using var json = JsonDocument.Parse(message);
        var request = new FakeRequest(json.RootElement.GetProperty("action").GetString()!, message, surbs, from);
        lock (_sync)
        {
            Requests.Enqueue(request);
            if (!LoseRequest(request))
            {
                Handle(request, json.RootElement);
            }
        }
    }

    /// <summary>A message of the node, signed; an answer to a request, if one is given.</summary>
    public string Envelope(string action, string context, string content, FakeRequest? request = null)
    {
        var members = new JsonMembers
        {
            { "action", action },
            { "content", content },
            { "context", context },
            { "signature", Key.SignHex(Encoding.UTF8.GetBytes(content)) },
        };
        if (KnowsReferences && request?.Reference is { } reference)
        {
            members.Add("ref", reference);
        }

        return PythonJson.Print(members);
    }

    /// <summary>What a node does when no acknowledgement came.</summary>
    public void SendAgain(params IEnumerable<FakeDelivery> deliveries)
    {
        lock (_sync)
        {
            foreach (var delivery in deliveries)
            {
                Deliver(delivery);
            }
        }
    }

    /// <summary>The node lost its own memory of what it numbered.</summary>
    public void ForgetSequences()
    {
        lock (_sync)
        {
            _sequences.Clear();
        }
    }

    private void Handle(FakeRequest request, JsonElement json)
    {
        switch (request.Action)
        {
            case "send" when IsAway(request):
                Answer(request, "sendResponse", "chat", Away);
                break;
            case "query" when IsAway(request):
                Answer(request, "queryResponse", "query", Away);
                break;
            case "login" or "loginResponse" when IsAway(request):
                Answer(request, "challengeResponse", "login", Away);
                break;
            case "info":
                Answer(request, "infoResponse", "node", $$"""{"protocol": 1, "publicKey": {{Quote(Key.PublicKey.Pem)}}}""");
                break;
            case "query":
                Query(request, Text(json, "username"));
                break;
            case "register":
                Register(request, Text(json, "usernym"), Text(json, "publicKey"));
                NoteFeatures(json);
                break;
            case "login":
                LogIn(request, Text(json, "usernym"));
                NoteFeatures(json);
                break;
            case "registrationResponse":
                Complete(request, "registration", Text(json, "signature"), "error: signature verification failed");
                break;
            case "loginResponse":
                Complete(request, "login", Text(json, "signature"), "error: invalid signature");
                break;
            case "ack" when KnowsAcknowledgement:
                Acknowledge(request, json);
                break;
            case "send":
                Answer(request, "sendResponse", "chat", RefuseSend(request) ?? Send(Text(json, "content"), Text(json, "signature")));
                break;
        }
    }

    private void Query(FakeRequest request, string username) => Answer(request, "queryResponse", "query", Accounts.TryGetValue(username, out var key)
        ? $$"""{"username": {{Quote(username)}}, "publicKey": {{Quote(key.Pem)}}}"""
        : "No user found");

    private void Register(FakeRequest request, string username, string pem)
    {
        if (Accounts.ContainsKey(username))
        {
            Answer(request, "challengeResponse", "registration", "error: username already in use");
        }
        else if (P256PublicKey.TryParsePem(pem, out var key))
        {
            Challenge(request, "registration", username, key);
        }
    }

    private void LogIn(FakeRequest request, string username)
    {
        if (Accounts.TryGetValue(username, out var key))
        {
            Challenge(request, "login", username, key);
        }
        else
        {
            Answer(request, "challengeResponse", "login", "error: user not found");
        }
    }

    private void Challenge(FakeRequest request, string purpose, string username, P256PublicKey key)
    {
        var nonce = (++_nonces).ToString("x32", CultureInfo.InvariantCulture);
        _challenges[(request.From, purpose)] = (nonce, username, key);
        Answer(request, "challenge", purpose, ChallengeContent(nonce));
    }

    private void Complete(FakeRequest request, string purpose, string signature, string wrong)
    {
        if (!_challenges.Remove((request.From, purpose), out var challenge))
        {
            Answer(request, "challengeResponse", purpose, $"error: no pending {purpose} for sender");
        }
        else if (!new SignatureVerifier(challenge.Key).Verify(Encoding.ASCII.GetBytes(challenge.Nonce), signature))
        {
            Answer(request, "challengeResponse", purpose, wrong);
        }
        else
        {
            Accounts[challenge.Username] = challenge.Key;
            _routes[challenge.Username] = request.From;
            Answer(request, "challengeResponse", purpose, "success");
        }
    }

    private string Send(string content, string signature)
    {
        using var json = JsonDocument.Parse(content);
        var (sender, recipient) = (Text(json.RootElement, "sender"), Text(json.RootElement, "recipient"));
        if (!Accounts.TryGetValue(sender, out var key) || !new SignatureVerifier(key).Verify(Encoding.UTF8.GetBytes(content), signature))
        {
            return "error: invalid signature";
        }

        if (!_routes.ContainsKey(recipient))
        {
            return "error: recipient not found";
        }

        if (_accepted.Add(content))
        {
            Accept(sender, recipient, Envelope("incomingMessage", "chat", Forwarded(json.RootElement)));
        }

        return "success";
    }

    private void Accept(string sender, string recipient, string envelope)
    {
        if (!KnowsAcknowledgement || !_acknowledging.Contains(recipient))
        {
            _routes[recipient].Bring(envelope);
            return;
        }

        var sequence = _sequences[(sender, recipient)] = _sequences.GetValueOrDefault((sender, recipient)) + 1;
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var delivery = new FakeDelivery(sender, recipient, id, sequence, $$"""{{envelope[..^1]}}, "id": "{{id}}", "seq": {{sequence}}}""");
        _mailboxes.Add(delivery);
        Deliver(delivery);
    }

    private void Deliver(FakeDelivery delivery)
    {
        if (!LoseDelivery(delivery))
        {
            _routes[delivery.Recipient].Bring(delivery.Message);
        }
    }

    private void Acknowledge(FakeRequest request, JsonElement json)
    {
        foreach (var id in json.GetProperty("ids").EnumerateArray().Select(id => id.GetString()))
        {
            _mailboxes.RemoveAll(delivery => delivery.Id == id && _routes[delivery.Recipient] == request.From);
        }
    }

    /// <summary>Each login states them anew.</summary>
    private void NoteFeatures(JsonElement json)
    {
        var username = Text(json, "usernym");
        if (json.TryGetProperty("features", out var features) && features.EnumerateArray().Any(feature => feature.GetString() == "ack"))
        {
            _acknowledging.Add(username);
        }
        else
        {
            _acknowledging.Remove(username);
        }
    }

    private static string Forwarded(JsonElement content)
    {
        var key = content.TryGetProperty("senderPublicKey", out var pem) ? $", \"senderPublicKey\": {pem.GetRawText()}" : "";
        return $$"""{"sender": {{content.GetProperty("sender").GetRawText()}}, "body": {{content.GetProperty("body").GetRawText()}}{{key}}}""";
    }

    private void Answer(FakeRequest request, string action, string context, string content)
    {
        if (!LoseAnswer(request))
        {
            request.From.Bring(Envelope(action, context, content, request));
        }
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static string Quote(string text) => PythonJson.Print(new JsonText(text));
}
