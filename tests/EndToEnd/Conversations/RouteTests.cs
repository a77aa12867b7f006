using NymDirectory.EndToEnd.Harness;
using NymDirectory.EndToEnd.Users;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Conversations;

/// <summary>Where messages go: to the tag of the last log-in, and to no other.</summary>
public sealed class RouteTests(QuietNode fixture) : NodeTests(fixture), IClassFixture<QuietNode>
{
    [Fact]
    public async Task Relogin_UnderANewTag_MovesTheRoute()
    {
        await using var sender = await LegacyClient.RegisteredAsync(Node, Names.New("lena"));
        await using var before = await LegacyClient.RegisteredAsync(Node, Names.New("moves"));
        await sender.SendAsync(before.Username, before.Key.PublicKey, $"to the old tag of {before.Username}");
        await before.ReceiveAsync(1, sender.Key.PublicKey);

        await using var after = await LegacyClient.StartAsync(Node, before.Username, before.Key);
        await after.LogInAsync();
        await sender.SendAsync(before.Username, before.Key.PublicKey, $"to the new tag of {before.Username}");

        Assert.Equal($"to the new tag of {before.Username}", await after.ReceiveAsync(1, sender.Key.PublicKey));
        Assert.Single(before.Incoming);
    }

    [Fact]
    public async Task Login_OfAnotherUserOnTheSameTag_EndsTheFirstOnesRoute()
    {
        await using var sender = await LegacyClient.RegisteredAsync(Node, Names.New("nora"));
        await using var shared = await LegacyClient.RegisteredAsync(Node, Names.New("first-user"));
        var (first, firstKey) = (shared.Username, shared.Key);
        (shared.Username, shared.Key) = (Names.New("second-user"), NymDirectory.Signatures.SigningKey.Generate());
        await shared.RegisterAsync();

        await sender.SendAsync(first, firstKey.PublicKey, $"for the first one, {first}");
        await sender.SendAsync(shared.Username, shared.Key.PublicKey, $"for the second one, {shared.Username}");

        Assert.Equal($"for the second one, {shared.Username}", await shared.ReceiveAsync(1, sender.Key.PublicKey));
        await using var back = await LegacyClient.StartAsync(Node, first, firstKey);
        await back.LogInAsync();
        Assert.Equal($"for the first one, {first}", await back.ReceiveAsync(1, sender.Key.PublicKey));
        Assert.Single(shared.Incoming);
    }

    [Fact]
    public async Task Send_OnAnotherTag_IsForwardedAndMovesNothing()
    {
        await using var sender = await LegacyClient.RegisteredAsync(Node, Names.New("oscar"));
        await using var owner = await LegacyClient.RegisteredAsync(Node, Names.New("petra"));
        await using var thief = await LegacyClient.StartAsync(Node, Names.New("thief"));
        // Somebody hands the owner's validly signed message to the node, on a tag of their own.
        var content = owner.Content(sender.Username, LegacyCipher.Seal(owner.Key, sender.Key.PublicKey, 0, "overheard"));
        Assert.Equal("success", (await thief.AskAsync(LegacyClient.Send(content, owner.Key), "sendResponse")).Content);
        Assert.Equal("overheard", await sender.ReceiveAsync(1, owner.Key.PublicKey));

        await sender.SendAsync(owner.Username, owner.Key.PublicKey, $"for {owner.Username} only");

        Assert.Equal($"for {owner.Username} only", await owner.ReceiveAsync(1, sender.Key.PublicKey));
        Assert.Empty(thief.Incoming);
    }

    [Fact]
    public async Task Messages_ForSomeoneAway_ArriveInOrderAtTheNextLogin()
    {
        await using var sender = await LegacyClient.RegisteredAsync(Node, Names.New("quinn"));
        var away = await LegacyClient.RegisteredAsync(Node, Names.New("away"));
        await away.DisposeAsync();
        // The node cannot know that nobody is there: another user on the tag ends the route for certain.
        await using var elsewhere = await LegacyClient.StartAsync(Node, away.Username, away.Key);
        await elsewhere.LogInAsync();
        (elsewhere.Username, elsewhere.Key) = (Names.New("other"), NymDirectory.Signatures.SigningKey.Generate());
        await elsewhere.RegisterAsync();
        var texts = Enumerable.Range(1, 12).Select(i => $"while {away.Username} was away, {i}").ToList();
        foreach (var text in texts)
        {
            await sender.SendAsync(away.Username, away.Key.PublicKey, text);
        }

        await using var back = await LegacyClient.StartAsync(Node, away.Username, away.Key);
        await back.LogInAsync();

        await Eventually.True(() => back.Incoming.Count >= texts.Count);
        Assert.Equal(texts, back.TextsFrom(sender));
        Assert.Empty(elsewhere.Incoming);
    }
}
