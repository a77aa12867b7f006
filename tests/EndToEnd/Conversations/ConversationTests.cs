using System.Text.Json;
using System.Text.Json.Nodes;
using NymDirectory.EndToEnd.Harness;
using NymDirectory.EndToEnd.Users;
using NymDirectory.Mixnet;
using NymDirectory.Signatures;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Conversations;

/// <summary>What existing clients do all day, at the most verbose level: nothing of it may show in a log.</summary>
public sealed class ConversationTests(VerboseNode fixture) : NodeTests(fixture), IClassFixture<VerboseNode>
{
    [Fact]
    public async Task Conversation_TwoUsers_AreIntroducedAndAnswerEachOther()
    {
        await using var anna = await LegacyClient.RegisteredAsync(Node, Names.New("anna"));
        await using var ben = await LegacyClient.RegisteredAsync(Node, Names.New("ben"));

        var bensKey = await anna.LookUpAsync(ben.Username);
        var sent = await anna.SendAsync(ben.Username, bensKey, $"first words of {anna.Username}", withKey: true);
        Assert.Equal($"first words of {anna.Username}", await ben.ReceiveAsync(1, anna.Key.PublicKey));
        var first = ben.Incoming[0];
        Assert.Equal((anna.Username, "chat", true), (first.Sender, first.Context, first.SignedByNode));
        Assert.Equal(anna.Key.PublicKey.Pem, first.Json["senderPublicKey"]!.GetValue<string>());
        Assert.Equal(RawMember(sent, "body"), first.RawMember("body"));

        await ben.SendAsync(anna.Username, anna.Key.PublicKey, $"an answer of {ben.Username}");
        Assert.Equal($"an answer of {ben.Username}", await anna.ReceiveAsync(1, ben.Key.PublicKey));
        Assert.Null(anna.Incoming[0].Json["senderPublicKey"]);
        // Had nothing been said at that level, its silence would prove nothing.
        Assert.All(["gateway", "directory", "relay"], service => Assert.True(NodeInvariants.IsVerbose(Node.Output, service), service));
    }

    [Fact]
    public async Task Envelope_OfEveryAnswer_HasTheFourMembersInOrder()
    {
        await using var user = await LegacyClient.RegisteredAsync(Node, Names.New("olga"));
        await user.LookUpAsync(user.Username);
        await user.SendAsync(user.Username, user.Key.PublicKey, $"a note of {user.Username} to self");
        await user.ReceiveAsync(1, user.Key.PublicKey);

        Assert.All(user.Messages, message =>
        {
            Assert.Equal(["action", "content", "context", "signature"], JsonNode.Parse(message.Raw)!.AsObject().Select(member => member.Key));
            Assert.True(message.SignedByNode);
        });
        Assert.Equal(
            ["challenge registration", "challengeResponse registration", "queryResponse query", "incomingMessage chat", "sendResponse chat"],
            user.Messages.Select(message => $"{message.Action} {message.Context}").OrderBy(Order));
    }

    [Fact]
    public async Task Vectors_SentAsTheyAre_ArriveByteForByte()
    {
        var vectors = Vectors.Load();
        using var alicesKey = SigningKey.FromPem(vectors.Keys["alice"].Private);
        using var bobsKey = SigningKey.FromPem(vectors.Keys["bob"].Private);
        await using var alice = await LegacyClient.RegisteredAsync(Node, "alice", alicesKey);
        await using var bob = await LegacyClient.RegisteredAsync(Node, "bob", bobsKey);

        var messages = vectors.Sends.Append(vectors.Handshake).ToList();
        foreach (var message in messages)
        {
            Assert.Equal("success", (await alice.AskAsync(message.Message, "sendResponse")).Content);
        }

        await Eventually.True(() => bob.Incoming.Count >= messages.Count);
        Assert.Equal(messages.Select(message => message.Plaintext), bob.Incoming.Select(message => bob.Open(message, alicesKey.PublicKey)));
        Assert.Equal(messages.Select(message => RawMember(message.ForwardContent, "body")), bob.Incoming.Select(message => message.RawMember("body")));
    }

    [Fact]
    public async Task Signatures_OfEveryKindInTheVectors_AreJudgedAsThereWritten()
    {
        var vectors = Vectors.Load();
        await using var sender = await LegacyClient.StartAsync(Node, Names.New("sig"));
        // Whoever is called alice in the texts has to exist with her key; another test may have registered her already.
        using var alicesKey = SigningKey.FromPem(vectors.Keys["alice"].Private);
        using var bobsKey = SigningKey.FromPem(vectors.Keys["bob"].Private);
        await RegisterUnlessThereAsync(sender, "alice", alicesKey);
        await RegisterUnlessThereAsync(sender, "bob", bobsKey);

        // A row of another key says who checks it, not who signed: here the node always checks with the sender's.
        foreach (var row in vectors.Signatures.Where(row => row.Key == "alice"))
        {
            var request = PythonJson.Print(new JsonObject { ["action"] = "send", ["content"] = row.Text, ["signature"] = row.Signature });
            var answer = await sender.AskAsync(request, "sendResponse");
            // What is checked before the signature is refused before it.
            var refusal = IsJson(row.Text) ? "error: invalid signature" : "error: invalid JSON in content";
            Assert.True(answer.Content == (row.Valid ? "success" : refusal), $"{row.Name}: {answer.Content}");
        }
    }

    [Fact]
    public async Task Body_OfAnyShape_PassesCharacterForCharacter()
    {
        await using var sender = await LegacyClient.RegisteredAsync(Node, Names.New("carl"));
        await using var recipient = await LegacyClient.RegisteredAsync(Node, Names.New("dora"));
        string[] bodies =
        [
            """{"b": 1.0, "a": 10000000000000000000000001, "b": -0.0, "e": 1E5}""",
            """{"text":"\u00e9\ud83d\ude00\/\"\\ü😀","spaces" :  [1 ,2,  { } ]}""",
            "null",
            "\"only text: zażółć 你好\"",
            "[[],[null,true,false],0.10]",
        ];
        for (var i = 0; i < bodies.Length; i++)
        {
            var content = $$"""{"sender": "{{sender.Username}}", "recipient": "{{recipient.Username}}", "body": {{bodies[i]}}, "encrypted": true}""";
            Assert.Equal("success", await sender.SendContentAsync(content));
            await Eventually.True(() => recipient.Incoming.Count > i);
            Assert.Equal(bodies[i], recipient.Incoming[i].RawMember("body"));
        }
    }

    [Fact]
    public async Task Send_WithoutBody_ArrivesWithNull()
    {
        await using var user = await LegacyClient.RegisteredAsync(Node, Names.New("emil"));
        Assert.Equal("success", await user.SendContentAsync($$"""{"sender": "{{user.Username}}", "recipient": "{{user.Username}}"}"""));
        await Eventually.True(() => user.Incoming.Count == 1);
        Assert.Equal("null", user.Incoming[0].RawMember("body"));
    }

    [Fact]
    public async Task Message_Of60Kilobytes_Arrives()
    {
        await using var sender = await LegacyClient.RegisteredAsync(Node, Names.New("fred"));
        await using var recipient = await LegacyClient.RegisteredAsync(Node, Names.New("gina"));
        // Encrypted and in hex it takes twice that: about as much as fits into a content.
        var text = $"long {sender.Username} " + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"{i:d5} "))[..59_900];

        await sender.SendAsync(recipient.Username, recipient.Key.PublicKey, text);

        Assert.Equal(text, await recipient.ReceiveAsync(1, sender.Key.PublicKey, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Message_OutsideAscii_ArrivesAsItWas()
    {
        await using var sender = await LegacyClient.RegisteredAsync(Node, Names.New("lara"));
        await using var recipient = await LegacyClient.RegisteredAsync(Node, Names.New("mika"));
        var text = $"{sender.Username}: zażółć gęślą jaźń — 你好 🚀 \"quoted\" \\ back\n\u2028\0 end";

        await sender.SendAsync(recipient.Username, recipient.Key.PublicKey, text);

        Assert.Equal(text, await recipient.ReceiveAsync(1, sender.Key.PublicKey));
    }

    [Fact]
    public async Task Handshake_BetweenExistingClients_LetsThemTalkDirectly()
    {
        await using var sender = await LegacyClient.RegisteredAsync(Node, Names.New("hugo"));
        await using var recipient = await LegacyClient.RegisteredAsync(Node, Names.New("ines"));
        await sender.SendAsync(recipient.Username, recipient.Key.PublicKey, (await sender.AddressAsync()).ToBase58(), type: 1);
        await Eventually.True(() => recipient.Incoming.Count == 1);
        var (type, address) = LegacyCipher.Open(recipient.Key, sender.Key.PublicKey, recipient.Incoming[0].Json["body"]!);
        Assert.Equal(1, type);
        Assert.True(NymAddress.TryParse(address, out var direct));

        var content = recipient.Content(sender.Username, LegacyCipher.Seal(recipient.Key, sender.Key.PublicKey, 0, "straight to you"));
        await recipient.SendPlainAsync(direct!, DirectMessage(content, recipient.Key));

        Assert.Equal("straight to you", await sender.ReceiveAsync(1, recipient.Key.PublicKey));
        Assert.False(sender.Incoming[0].SignedByNode);
    }

    [Fact]
    public async Task SameSignedContent_SentAgain_ArrivesOnce()
    {
        await using var sender = await LegacyClient.RegisteredAsync(Node, Names.New("jack"));
        await using var recipient = await LegacyClient.RegisteredAsync(Node, Names.New("kate"));
        var content = await sender.SendAsync(recipient.Username, recipient.Key.PublicKey, $"once only, {sender.Username}");
        await recipient.ReceiveAsync(1, sender.Key.PublicKey);

        Assert.Equal("success", await sender.SendContentAsync(content));
        Assert.Equal("success", await sender.SendContentAsync(content));

        // Messages of one sender keep their order: had the copies been accepted, they would be here before this one.
        await sender.SendAsync(recipient.Username, recipient.Key.PublicKey, $"the next one, {sender.Username}");
        Assert.Equal($"the next one, {sender.Username}", await recipient.ReceiveAsync(2, sender.Key.PublicKey));
    }

    private static int Order(string message) => Array.IndexOf(
        ["challenge registration", "challengeResponse registration", "queryResponse query", "incomingMessage chat", "sendResponse chat"], message);

    private static string DirectMessage(string content, SigningKey key) => PythonJson.Print(new JsonObject
    {
        ["action"] = "incomingMessage",
        ["content"] = content,
        ["context"] = "chat",
        ["signature"] = key.SignHex(System.Text.Encoding.UTF8.GetBytes(content)),
    });

    private static async Task RegisterUnlessThereAsync(LegacyClient client, string username, SigningKey key)
    {
        var found = await client.AskAsync(LegacyClient.Query(username), "queryResponse");
        if (found.Content == "No user found")
        {
            (client.Username, client.Key) = (username, key);
            await client.RegisterAsync();
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string RawMember(string json, string name)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty(name).GetRawText();
    }
}
