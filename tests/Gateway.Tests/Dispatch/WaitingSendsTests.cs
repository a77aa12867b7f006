using System.Text.Json;
using NymDirectory.Contracts.V1;
using NymDirectory.Gateway.Dispatch;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.Protocol;
using NymDirectory.Gateway.Tests.Fakes;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.Dispatch;

/// <summary>More messages than nym-client can answer: it takes no answer here until it is told to.</summary>
public sealed class WaitingSendsTests
{
    private const byte Asker = 250;

    [Fact]
    public async Task Handle_MoreThanIsAnswered_WaitsBeforeItIsAcceptedAndEverythingElseGoesOn()
    {
        await using var gateway = await StuckAsync();
        await SendAsync(gateway, AnswerWindow.Most + 50);
        await Eventually.True(() => gateway.Get<WaitingSends>().Count == 50);

        Assert.Equal("No user found", (await gateway.AskAsync("""{"action":"query","username":"bob"}""", Asker)).Content);
        Assert.Equal(AnswerWindow.Most, gateway.BackEnd.Relays.Forwarded.Count);

        TakeAll(gateway);
        await Eventually.True(() => gateway.BackEnd.Relays.Forwarded.Count == AnswerWindow.Most + 50);
        Assert.Equal(0, gateway.Get<WaitingSends>().Count);
    }

    [Fact]
    public async Task Handle_ThoseOfOneTag_AreAcceptedInOrder()
    {
        await using var gateway = await StuckAsync();
        await SendAsync(gateway, AnswerWindow.Most);
        foreach (var text in (string[])["a1", "a2", "a3"])
        {
            gateway.NymClient.Receive(ScriptedNymClient.Tag(Asker), Send(text));
        }

        gateway.NymClient.Receive(ScriptedNymClient.Tag(Asker - 1), Send("b1"));
        await Eventually.True(() => gateway.Get<WaitingSends>().Count == 4);
        TakeAll(gateway);
        await Eventually.True(() => gateway.BackEnd.Relays.Forwarded.Count == AnswerWindow.Most + 4);

        Assert.Equal(["a1", "a2", "a3"], gateway.BackEnd.Relays.Forwarded.Select(Text).Where(text => text.StartsWith('a')));
    }

    [Fact]
    public async Task Handle_OneTagSendsALot_OthersHaveTheirTurn()
    {
        await using var gateway = await StuckAsync();
        await SendAsync(gateway, AnswerWindow.Most);
        for (int i = 0; i < 40; i++)
        {
            gateway.NymClient.Receive(ScriptedNymClient.Tag(Asker), Send($"a{i}"));
        }

        gateway.NymClient.Receive(ScriptedNymClient.Tag(Asker - 1), Send("b"));
        await Eventually.True(() => gateway.Get<WaitingSends>().Count == 41);
        TakeAll(gateway);
        await Eventually.True(() => gateway.BackEnd.Relays.Forwarded.Count == AnswerWindow.Most + 41);

        Assert.InRange(gateway.BackEnd.Relays.Forwarded.Select(Text).ToList().IndexOf("b"), AnswerWindow.Most, AnswerWindow.Most + 10);
    }

    [Fact]
    public async Task Handle_CopyOfOneThatWaits_IsNoMoreWork()
    {
        await using var gateway = await StuckAsync();
        await SendAsync(gateway, AnswerWindow.Most);
        gateway.NymClient.Receive(ScriptedNymClient.Tag(Asker), Send("a", "mine-1"));
        gateway.NymClient.Receive(ScriptedNymClient.Tag(Asker), Send("a", "mine-2"));
        gateway.NymClient.Receive(ScriptedNymClient.Tag(Asker), Send("b", "mine-3"));
        await Eventually.True(() => gateway.Get<WaitingSends>().Count == 2);

        TakeAll(gateway);
        await Eventually.True(() => gateway.BackEnd.Relays.Forwarded.Count == AnswerWindow.Most + 2);
        Assert.Equal("mine-1", await NextReferenceAsync());
        Assert.Equal("mine-3", await NextReferenceAsync());

        async Task<string?> NextReferenceAsync()
        {
            using var answer = JsonDocument.Parse(await gateway.NymClient.NextReplyAsync(ScriptedNymClient.Tag(Asker)));
            return answer.RootElement.GetProperty("ref").GetString();
        }
    }

    [Theory]
    [InlineData("--Queues:WaitingSends=12")]
    [InlineData("--Queues:WaitingSendBytes=1024")]
    public async Task Handle_MoreThanMayWait_IsDroppedAndCounted(string bound)
    {
        await using var gateway = await StuckAsync(bound);
        await SendAsync(gateway, AnswerWindow.Most + 100);

        await Eventually.True(() => gateway.Get<WaitingSends>().Count >= 12);
        Assert.Equal("No user found", (await gateway.AskAsync("""{"action":"query","username":"bob"}""", Asker)).Content);
        TakeAll(gateway);
        await Eventually.True(() => gateway.Get<WaitingSends>().Count == 0 && gateway.BackEnd.Relays.Forwarded.Count >= AnswerWindow.Most + 12);
        Assert.InRange(gateway.BackEnd.Relays.Forwarded.Count, AnswerWindow.Most + 12, AnswerWindow.Most + 50);
    }

    [Fact]
    public async Task Stop_WhileSomeWait_EndsAndDropsThem()
    {
        await using var gateway = await StuckAsync();
        await SendAsync(gateway, AnswerWindow.Most + 5);
        await Eventually.True(() => gateway.Get<WaitingSends>().Count == 5);

        await gateway.StopAsync().Within();

        Assert.Equal(AnswerWindow.Most, gateway.BackEnd.Relays.Forwarded.Count);
        gateway.Logs.AssertNoErrors();
    }

    [Fact]
    public async Task End_InASpan_WhatBeginsThenIsNotPartOfIt()
    {
        await using var gateway = await StuckAsync();
        var sends = gateway.Get<WaitingSends>();
        var tag = ScriptedNymClient.Tag(Asker);
        while (sends.TryBegin(tag))
        {
        }

        var span = new AsyncLocal<string>();
        var begun = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        sends.Add(tag, new WaitingSend(1, new SendAsked(default, "00"), BeginAsync, () => { }));

        // As Activity.Current is kept.
        span.Value = "of whoever made room";
        sends.End(taken: null);

        Assert.Null(await begun.Task.Within());

        Task BeginAsync()
        {
            begun.SetResult(span.Value);
            return Task.CompletedTask;
        }
    }

    private static async Task<GatewayUnderTest> StuckAsync(params string[] arguments)
    {
        var gateway = await GatewayUnderTest.StartAsync(arguments: arguments);
        gateway.NymClient.Fate = _ => null;
        return gateway;
    }

    private static async Task SendAsync(GatewayUnderTest gateway, int count)
    {
        for (int i = 0; i < count; i++)
        {
            gateway.NymClient.Receive(ScriptedNymClient.Tag((byte)(i % 200)), Send($"{i}"));
        }

        await Eventually.True(() => gateway.BackEnd.Relays.Forwarded.Count >= Math.Min(count, AnswerWindow.Most));
    }

    private static void TakeAll(GatewayUnderTest gateway)
    {
        gateway.NymClient.Fate = _ => ReplyFate.Taken;
        foreach (var entry in gateway.NymClient.Open)
        {
            entry.End(ReplyFate.Taken);
        }
    }

    private static string Text(ForwardItem item) => item.Content.ToStringUtf8();

    private static string Send(string content) => $$"""{"action":"send","content":"{{content}}","signature":"00"}""";

    private static string Send(string content, string reference) => $$"""{{Send(content)[..^1]}},"ref":"{{reference}}"}""";
}
