using System.Text;
using NymDirectory.EndToEnd.Harness;
using NymDirectory.EndToEnd.Users;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Conversations;

/// <summary>What nobody should send: it is answered where the protocol has an answer, and the node goes on in every case.</summary>
public sealed class BadInputTests(VerboseNode fixture) : NodeTests(fixture), IClassFixture<VerboseNode>
{
    private static readonly string[] Unanswerable =
    [
        "",
        "not JSON",
        "[1, 2, 3]",
        "null",
        "\"query\"",
        "{}",
        "{\"action\": 7}",
        "{\"action\": \"unknown\"}",
        "{\"action\": \"query\"",
        "{\"action\": \"query\", \"username\": \"x\"} trailing",
        new string('[', 100_000),
        string.Concat(Enumerable.Repeat("{\"action\":", 5_000)),
        "\0\0\0\0",
        "{\"action\": \"\\ud800\"}",
    ];

    [Fact]
    public async Task Request_ThatCannotBeAnswered_IsPassedOver()
    {
        await using var user = await LegacyClient.StartAsync(Node, Names.New("odd"));
        for (var i = 0; i < Unanswerable.Length; i++)
        {
            await user.SendRawAsync(Unanswerable[i]);
            // What one tag sends is handled in order: an answer to the odd one would be here before this one.
            await StillAnswersAsync(user);
            Assert.Equal(i + 1, user.Messages.Count);
        }
    }

    [Fact]
    public async Task Request_OfBytesThatAreNotText_IsPassedOver()
    {
        await using var user = await LegacyClient.StartAsync(Node, Names.New("bytes"));
        await user.SendBinaryAsync(new byte[] { 0xff, 0xfe, 0xc0, 0x80, 0x00 });
        byte[] inside = [.. Encoding.UTF8.GetBytes("{\"action\": \"query\", \"username\": \""), 0xc3, 0x28, .. Encoding.UTF8.GetBytes("\"}")];
        await user.SendBinaryAsync(inside);
        await StillAnswersAsync(user);
    }

    [Fact]
    public async Task Request_OfAMegabyte_DoesNotStopTheNode()
    {
        await using var user = await LegacyClient.StartAsync(Node, Names.New("huge"));
        await user.SendRawAsync(new string('x', 1 << 20));
        await user.SendRawAsync(LegacyClient.Query(new string('x', 1 << 20)));
        await Eventually.True(() => user.Messages.Count == 1);
        Assert.Contains(user.Messages[0].Content, new[] { "error: message too large", "No user found" });
        await StillAnswersAsync(user);
    }

    [Fact]
    public async Task Request_WithoutSenderTag_IsPassedOver()
    {
        await using var user = await LegacyClient.StartAsync(Node, Names.New("tagless"));
        await user.SendPlainAsync(Node.Address, LegacyClient.Query("whoever"));
        await StillAnswersAsync(user);
        Assert.Single(user.Messages);
    }

    [Fact]
    public async Task Send_LoneSurrogateInContent_IsAnInvalidSignature()
    {
        await using var user = await LegacyClient.RegisteredAsync(Node, Names.New("surrogate"));
        var content = $$"""{\"sender\": \"{{user.Username}}\", \"recipient\": \"{{user.Username}}\", \"body\": \"\ud800\"}""";
        var answer = await user.AskAsync($$"""{"action": "send", "content": "{{content}}", "signature": "3006020101020101"}""", "sendResponse");
        Assert.Equal("error: invalid signature", answer.Content);
    }

    [Fact]
    public async Task Send_DeeplyNestedBody_IsAnsweredOneWayOrTheOther()
    {
        await using var user = await LegacyClient.RegisteredAsync(Node, Names.New("deep"));
        var nested = new string('[', 10_000) + new string(']', 10_000);
        var answer = await user.SendContentAsync($$"""{"sender": "{{user.Username}}", "recipient": "{{user.Username}}", "body": {{nested}}}""");
        Assert.Contains(answer, new[] { "success", "error: invalid JSON in content" });
        await StillAnswersAsync(user);
    }

    [Fact]
    public async Task Members_GivenTwice_TheLastCounts()
    {
        await using var user = await LegacyClient.RegisteredAsync(Node, Names.New("double"));
        var request = $$"""{"action": "login", "username": "nobody", "action": "query", "username": "{{user.Username}}"}""";
        var answer = await user.AskAsync(request, "queryResponse");
        Assert.Equal(user.Username, answer.Json["username"]!.GetValue<string>());
    }

    private static async Task StillAnswersAsync(LegacyClient user)
    {
        var answer = await user.AskAsync(LegacyClient.Query("nobody-at-all"), "queryResponse");
        Assert.Equal("No user found", answer.Content);
    }
}
