using System.Text;
using NymDirectory.Client.Cryptography;
using NymDirectory.Client.Protocol;
using NymDirectory.Gateway.NymClient.Shortage;
using NymDirectory.Gateway.Protocol;
using NymDirectory.Load.Crowds;
using NymDirectory.Localnet.Packets;
using NymDirectory.Relay.Forwarding;
using NymDirectory.Signatures;

namespace NymDirectory.Load.Packets.Envelopes;

/// <summary>
/// Makes messages of each kind, many of them, with the code that makes the real ones: the client library (which prints as existing clients do), the Relay's
/// cut, the Gateway's envelopes.
/// </summary>
internal sealed class EnvelopeSamples : IDisposable
{
    /// <summary>Characters of the two names.</summary>
    public const int NameLength = 8;

    private const int Samples = 400;
    private const int AckIds = 8;
    private const string Nonce = "00112233445566778899aabbccddeeff";

    // Of the two kinds of address the longer one: base58 of 32 bytes has 43 or 44 characters.
    private const string Address =
        "DguTcdkWWtDyUFLvQxRdcA8qZhardhE1ZXy1YCC7Zfmq.Dxreouj5RhQqMb3ZaAxgXFdGkmfbDKwk457FdeHGKmQQ@4kjgWmFU1tcGAZYRZR57yFuVAexjLbJ5M7jvo3X5Hkcf";

    private readonly SampleUser _sender = new("alice_01");
    private readonly SampleUser _recipient = new("robert02");
    private readonly SigningKey _nodeKey = SigningKey.Generate();
    private readonly Gateway.Protocol.Envelopes _node;

    public EnvelopeSamples() => _node = new Gateway.Protocol.Envelopes(_nodeKey);

    /// <summary>A message on its way to the node.</summary>
    public Envelope Send(int characters, bool withKey) =>
        ToNode(withKey ? "send, the first to a contact" : "send", characters, () => Written(characters, withKey).ForNode());

    /// <summary>The same message on its way to its recipient.</summary>
    public Envelope Delivery(int characters, bool withKey, bool acknowledges)
    {
        var name = (withKey ? "incomingMessage, the first of a contact" : "incomingMessage") + (acknowledges ? ", to a client that acknowledges" : string.Empty);
        return FromNode(name, characters, () => Delivered(Written(characters, withKey), acknowledges));
    }

    /// <summary>All kinds of delivery of a text.</summary>
    public IEnumerable<Envelope> Deliveries(int characters) =>
    [
        Delivery(characters, withKey: true, acknowledges: false),
        Delivery(characters, withKey: false, acknowledges: false),
        Delivery(characters, withKey: false, acknowledges: true),
    ];

    public Envelope SendAnswer() => FromNode("sendResponse", null, () => _node.Constant(Answers.Sent));

    /// <summary>Every envelope that there is, for texts of these lengths.</summary>
    public IEnumerable<Envelope> All(IReadOnlyList<int> lengths) => [.. Requests(lengths), .. FromTheNode(lengths), .. Between(lengths)];

    /// <inheritdoc/>
    public void Dispose()
    {
        _sender.Dispose();
        _recipient.Dispose();
        _nodeKey.Dispose();
    }

    private IEnumerable<Envelope> Requests(IReadOnlyList<int> lengths)
    {
        yield return ToNode("query", null, () => RequestText.Query(_recipient.Name));
        yield return ToNode("register", null, () => RequestText.Register(_sender.Name, _sender.PublicKey, acknowledges: false));
        yield return ToNode("registrationResponse", null, () => RequestText.Answer("registrationResponse", _sender.Name, _sender.Sign(Nonce)));
        yield return ToNode("login", null, () => RequestText.LogIn(_sender.Name, acknowledges: false));
        yield return ToNode("login with features", null, () => RequestText.LogIn(_sender.Name, acknowledges: true));
        yield return ToNode("loginResponse", null, () => RequestText.Answer("loginResponse", _sender.Name, _sender.Sign(Nonce)));
        foreach (var length in lengths)
        {
            yield return Send(length, withKey: true);
            yield return Send(length, withKey: false);
        }

        yield return ToNode("send of a handshake", null, () => Handshake().ForNode());
        yield return ToNode($"ack of {AckIds}", null, () => RequestText.Acknowledge(Enumerable.Repeat(Nonce, AckIds)), AckIds);
        yield return ToNode("info", null, RequestText.Info);
    }

    private IEnumerable<Envelope> FromTheNode(IReadOnlyList<int> lengths)
    {
        yield return FromNode("challenge, registration", null, () => _node.Challenge(ClientAction.Register, Nonce));
        yield return FromNode("challenge, login", null, () => _node.Challenge(ClientAction.Login, Nonce));
        yield return FromNode("challengeResponse, registration", null, () => _node.Constant(Answers.Registered));
        yield return FromNode("challengeResponse, login", null, () => _node.Constant(Answers.LoggedIn));
        yield return FromNode("queryResponse", null, () => _node.Found(_recipient.Name, _recipient.PublicKey.Pem));
        yield return FromNode("queryResponse, no user", null, () => _node.Constant(Answers.QueryNotFound));
        yield return SendAnswer();
        yield return FromNode("the longest error", null, () => Answers.All.Select(_node.Constant).MaxBy(answer => answer.Length));
        foreach (var length in lengths)
        {
            foreach (var delivery in Deliveries(length))
            {
                yield return delivery;
            }
        }

        yield return FromNode("incomingMessage, a handshake", null, () => Delivered(Handshake(), acknowledges: false));
        yield return FromNode("infoResponse", null, () => _node.Info);

        // Made by nym-client itself; no application sees it.
        yield return new Envelope("nym-client's question for reply blocks", Way.FromNode, null, 0, new Spread(0, 0, 0), 1, 1);
    }

    private IEnumerable<Envelope> Between(IReadOnlyList<int> lengths) =>
        lengths.Select(length => Measured("incomingMessage, straight", Way.Direct, length, 0, () => Written(length, withKey: false).ForRecipient().Length));

    private Client.Protocol.SignedContent Written(int characters, bool withKey) => Write(MessageType.Chat, new string('x', characters), withKey);

    private Client.Protocol.SignedContent Handshake() => Write(MessageType.Handshake, Address, withKey: false);

    /// <summary>As existing clients write: without a reference.</summary>
    private Client.Protocol.SignedContent Write(MessageType type, string text, bool withKey) =>
        _sender.Write(_recipient, type, text, withKey) with { Reference = null };

    private ReadOnlyMemory<byte> Delivered(Client.Protocol.SignedContent message, bool acknowledges)
    {
        ContentReader.Read(Encoding.ASCII.GetBytes(message.Content), out var content);
        return _node.IncomingMessage(RecipientContent.Build(content!), acknowledges ? Convert.FromHexString(Nonce) : [], acknowledges ? 100UL : 0);
    }

    private static Envelope ToNode(string name, int? characters, Func<string> make, int? blocks = null) => Measured(
        name, Way.ToNode, characters, blocks ?? BlockSupply.OfExistingClients.Each, () => Encoding.UTF8.GetByteCount(make()));

    private static Envelope FromNode(string name, int? characters, Func<ReadOnlyMemory<byte>> make) =>
        Measured(name, Way.FromNode, characters, 0, () => make().Length);

    private static Envelope Measured(string name, Way way, int? characters, int blocks, Func<int> measure)
    {
        var lengths = Enumerable.Range(0, Samples).Select(_ => measure()).ToList();
        int Packets(int length) => blocks > 0 ? PacketCount.Of(length, blocks) : LaneRules.Packets(length);
        return new Envelope(name, way, characters, blocks, Spread.Of(lengths), lengths.Average(Packets), Packets(lengths.Max()));
    }
}
