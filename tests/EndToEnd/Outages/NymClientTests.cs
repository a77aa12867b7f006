using NymDirectory.EndToEnd.Harness;
using NymDirectory.EndToEnd.Users;
using NymDirectory.Local.Processes;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Outages;

/// <summary>The node's nym-client dies, stops, hangs: what was accepted and not yet taken arrives later.</summary>
public sealed class NymClientTests
{
    private const string NodesOwn = "nymdirectory";

    // What nym-client itself had taken and not sent is gone with it: its ten places, and what was just leaving.
    private const int TakenAndLost = 14;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(75);

    [Fact]
    public async Task Killed_TagsAreDead_MessagesWaitForTheNextSendOrLogin()
    {
        await using var node = await NodeUnderTest.StartAsync();
        await using var sender = await LegacyClient.RegisteredAsync(node, Names.New("sender"));
        await using var returns = await LegacyClient.RegisteredAsync(node, Names.New("logs-in"));
        await using var writes = await LegacyClient.RegisteredAsync(node, Names.New("writes"));

        await ReplaceNymClientAsync(node, Signal.Kill);
        await sender.SendAsync(returns.Username, returns.Key.PublicKey, "waits for a login");
        await sender.SendAsync(writes.Username, writes.Key.PublicKey, "waits for a send");
        await writes.SendAsync(sender.Username, sender.Key.PublicKey, "a send renews the route");

        Assert.Equal("a send renews the route", await sender.ReceiveAsync(1, writes.Key.PublicKey));
        Assert.Equal("waits for a send", await writes.ReceiveAsync(1, sender.Key.PublicKey));
        Assert.Empty(returns.Incoming);
        await returns.LogInAsync();
        Assert.Equal("waits for a login", await returns.ReceiveAsync(1, sender.Key.PublicKey));
        await node.StopAsync();
    }

    [Fact]
    public async Task StoppedGracefully_TagsStillWork()
    {
        await using var node = await NodeUnderTest.StartAsync();
        await using var sender = await LegacyClient.RegisteredAsync(node, Names.New("sender"));
        await using var recipient = await LegacyClient.RegisteredAsync(node, Names.New("recipient"));

        await ReplaceNymClientAsync(node, Signal.Interrupt);
        await sender.SendAsync(recipient.Username, recipient.Key.PublicKey, "no login in between");

        Assert.Equal("no login in between", await recipient.ReceiveAsync(1, sender.Key.PublicKey));
        await node.StopAsync();
    }

    [Fact]
    public async Task WholeNode_StoppedAndStarted_TagsStillWork()
    {
        await using var node = await NodeUnderTest.StartAsync();
        await using var sender = await LegacyClient.RegisteredAsync(node, Names.New("sender"));
        await using var recipient = await LegacyClient.RegisteredAsync(node, Names.New("recipient"));
        var (address, key) = (node.Address, node.PublicKey);

        await node.RestartAsync();

        Assert.Equal((address, key), (node.Address, node.PublicKey));
        await sender.SendAsync(recipient.Username, recipient.Key.PublicKey, "after the node's restart");
        Assert.Equal("after the node's restart", await recipient.ReceiveAsync(1, sender.Key.PublicKey));
        await node.StopAsync();
    }

    [Theory]
    [InlineData(Signal.Kill)]
    [InlineData(Signal.Interrupt)]
    internal async Task Ended_WithRepliesOutstanding_WhatItHadNotTakenArrivesLater(Signal signal)
    {
        const int Count = 60;
        await using var node = await NodeUnderTest.StartAsync();
        await using var sender = await LegacyClient.RegisteredAsync(node, Names.New("sender"));
        await using var recipient = await LegacyClient.RegisteredAsync(node, Names.New("recipient"));
        var texts = Enumerable.Range(0, Count).Select(i => $"queued {i:d4} for {recipient.Username}").ToList();
        var contents = texts.Select(text => sender.Content(recipient.Username, LegacyCipher.Seal(sender.Key, recipient.Key.PublicKey, 0, text))).ToList();

        // As slow as the real one, so that much waits at the moment of its end.
        await node.FaultsAsync("--client", NodesOwn, "--packets-per-second", "20");
        foreach (var content in contents)
        {
            await sender.SendRawAsync(LegacyClient.Send(content, sender.Key));
        }

        await Eventually.True(() => recipient.Incoming.Count >= 5);
        await ReplaceNymClientAsync(node, signal);
        await node.FaultsAsync("--client", NodesOwn, "--packets-per-second", "0");
        foreach (var content in contents)
        {
            // What had not come in is new now; what had is not accepted twice.
            Assert.Equal("success", await sender.SendContentAsync(content));
        }

        await recipient.LogInAsync();
        await Eventually.True(() => recipient.TextsFrom(sender).Distinct().Count() >= Count - TakenAndLost, Patience);
        Assert.Subset(texts.ToHashSet(), recipient.TextsFrom(sender).ToHashSet());
        Assert.Equal(recipient.TextsFrom(sender).Distinct().Count(), recipient.TextsFrom(sender).Count);
        await node.StopAsync();
    }

    [Fact]
    public async Task Frozen_AndThawed_EverythingArrivesOnce()
    {
        await using var node = await NodeUnderTest.StartAsync();
        await using var sender = await LegacyClient.RegisteredAsync(node, Names.New("sender"));
        await using var recipient = await LegacyClient.RegisteredAsync(node, Names.New("recipient"));
        var traffic = new Traffic(sender, recipient);
        await traffic.SendAsync(10);
        var nymClient = node.NymClientId()!.Value;
        var sending = traffic.SendAsync(40);
        await Eventually.True(() => traffic.Accepted.Count > 15);

        // It neither reads nor writes: the websocket's buffers fill up on both sides. Time passes until a message has been sent again.
        Signals.Send(nymClient, Signal.Stop);
        await Eventually.True(() => traffic.Repeated >= 1, TimeSpan.FromSeconds(30));
        Signals.Send(nymClient, Signal.Continue);

        await sending.Within(TimeSpan.FromMinutes(1));
        await traffic.SendAllAgainAsync();
        Assert.Equal(0, await traffic.ArrivedAsync(Patience));
        Assert.Equal(nymClient, node.NymClientId());
        await node.StopAsync();
    }

    /// <summary>Ends the node's nym-client and waits until the Gateway has another one and says that it is ready.</summary>
    private static async Task ReplaceNymClientAsync(NodeUnderTest node, Signal signal)
    {
        var before = node.NymClientId();
        Assert.NotNull(before);
        Signals.Send(before.Value, signal);
        await Eventually.True(() => node.NymClientId() is { } now && now != before, TimeSpan.FromSeconds(40), "the Gateway starts another nym-client");
        await node.GatewayReadyAsync();
    }
}
