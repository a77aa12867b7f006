using NymDirectory.EndToEnd.Harness;
using NymDirectory.EndToEnd.Users;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Outages;

/// <summary>nym-client is busy with itself for a minute, as it is at a rotation of keys: silence is load, not death.</summary>
public sealed class SilenceTests
{
    [Fact]
    public async Task Silent_ForAMinute_IsNotTakenForDead()
    {
        await using var node = await NodeUnderTest.StartAsync();
        await using var sender = await LegacyClient.RegisteredAsync(node, Names.New("sender"));
        await using var recipient = await LegacyClient.RegisteredAsync(node, Names.New("recipient"));
        var nymClient = node.NymClientId();
        await sender.SendAsync(recipient.Username, recipient.Key.PublicKey, "before the silence");
        await recipient.ReceiveAsync(1, sender.Key.PublicKey);
        var texts = Enumerable.Range(0, 30).Select(i => $"in the silence {i} of {sender.Username}").ToList();

        await node.FaultsAsync("--client", "nymdirectory", "--silence", "60s");
        foreach (var text in texts)
        {
            var content = sender.Content(recipient.Username, LegacyCipher.Seal(sender.Key, recipient.Key.PublicKey, 0, text));
            await sender.SendRawAsync(LegacyClient.Send(content, sender.Key));
        }

        await Eventually.True(() => recipient.Incoming.Count >= texts.Count + 1, TimeSpan.FromSeconds(120));
        Assert.Equal(texts, recipient.TextsFrom(sender).Skip(1));
        Assert.Equal(nymClient, node.NymClientId());
        await node.StopAsync();
    }
}
