using System.Text.Json;
using NymDirectory.Contracts.V1;
using NymDirectory.Gateway.Tests.Fakes;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.Dispatch;

public sealed class DelayedSendsTests
{
    private const string Patience = "--Delay:Patience=00:00:20";
    private const string Full = "error: recipient mailbox full";

    [Fact]
    public async Task Handle_MailboxFullForAMoment_IsAnsweredWithSuccessAndOnlyOnce()
    {
        var tries = 0;
        await using var gateway = await GatewayUnderTest.StartAsync(
            backEnd => backEnd.Relays.OnForward = _ => Interlocked.Increment(ref tries) < 3 ? MailboxFull() : Accepted(), arguments: Patience);

        Assert.Equal("success", (await gateway.AskAsync(Send("1"))).Content);

        Assert.Equal(3, tries);
        // Under the same id it gets the same lease, if a try was accepted and the answer lost.
        Assert.Single(gateway.BackEnd.Relays.Forwarded.Select(item => item.Context.RequestId).Distinct());
        Assert.Equal("infoResponse", (await gateway.AskAsync("""{"action":"info"}""")).Action);
    }

    [Fact]
    public async Task Handle_MailboxStaysFull_IsRefusedWhenPatienceIsOver()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
            backEnd => backEnd.Relays.OnForward = _ => MailboxFull(), arguments: "--Delay:Patience=00:00:01.5");

        Assert.Equal(Full, (await gateway.AskAsync(Send("1"))).Content);

        // At once, after a second, and when it is over; on a busy machine the last two can be one.
        Assert.InRange(gateway.BackEnd.Relays.Forwarded.Count, 2, 3);
    }

    [Fact]
    public async Task Handle_DelayedOneWithAReference_IsAnsweredWithIt()
    {
        var tries = 0;
        await using var gateway = await GatewayUnderTest.StartAsync(
            backEnd => backEnd.Relays.OnForward = _ => Interlocked.Increment(ref tries) < 2 ? MailboxFull() : Accepted(), arguments: Patience);

        gateway.NymClient.Receive(ScriptedNymClient.Tag(1), Send("1", "mine-1"));

        using var answer = JsonDocument.Parse(await gateway.NymClient.NextReplyAsync(ScriptedNymClient.Tag(1)));
        Assert.Equal("mine-1", answer.RootElement.GetProperty("ref").GetString());
        Assert.Equal("success", answer.RootElement.GetProperty("content").GetString());
    }

    [Fact]
    public async Task Handle_NextSendOfThatTag_WaitsBehindItWhileEverythingElseGoesOn()
    {
        var room = new TaskCompletionSource();
        await using var gateway = await GatewayUnderTest.StartAsync(
            backEnd => backEnd.Relays.OnForward = item => Text(item) == "1" && !room.Task.IsCompleted ? MailboxFull() : Accepted(), arguments: Patience);

        gateway.NymClient.Receive(ScriptedNymClient.Tag(1), Send("1"));
        gateway.NymClient.Receive(ScriptedNymClient.Tag(1), Send("2"));
        Assert.Equal("No user found", (await gateway.AskAsync("""{"action":"query","username":"bob"}""")).Content);
        Assert.Equal("success", (await gateway.AskAsync(Send("3"), tag: 2)).Content);
        Assert.DoesNotContain("2", gateway.BackEnd.Relays.Forwarded.Select(Text));
        room.SetResult();

        Assert.Equal("success", (await gateway.NextAnswerAsync(ScriptedNymClient.Tag(1))).Content);
        Assert.Equal("success", (await gateway.NextAnswerAsync(ScriptedNymClient.Tag(1))).Content);
        Assert.Equal(["1", "2"], gateway.BackEnd.Relays.Forwarded.Select(Text).Where(text => text != "3").Distinct());
    }

    [Theory]
    [InlineData("--Delay:MaxSends=1")]
    [InlineData("--Delay:MaxBytes=3")]
    public async Task Handle_MoreThanMayBeDelayed_IsRefusedAtOnce(string bound)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
            backEnd => backEnd.Relays.OnForward = _ => MailboxFull(), arguments: ["--Delay:Patience=00:05:00", bound]);
        gateway.NymClient.Receive(ScriptedNymClient.Tag(1), Send("1"));
        await Eventually.True(() => !gateway.BackEnd.Relays.Forwarded.IsEmpty);

        Assert.Equal(Full, (await gateway.AskAsync(Send("2222"), tag: 2)).Content);

        Assert.Equal(0, gateway.NymClient.Waiting(ScriptedNymClient.Tag(1)));
    }

    [Fact]
    public async Task Handle_MoreOfOneTagThanMayBeDelayed_IsRefusedWithoutOvertaking()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
            backEnd => backEnd.Relays.OnForward = _ => MailboxFull(), arguments: ["--Delay:Patience=00:05:00", "--Delay:MaxSendsOfOneTag=2"]);

        foreach (var text in (string[])["1", "2", "3"])
        {
            gateway.NymClient.Receive(ScriptedNymClient.Tag(1), Send(text));
        }

        Assert.Equal("error: temporarily unavailable", (await gateway.NextAnswerAsync(ScriptedNymClient.Tag(1))).Content);
        Assert.DoesNotContain("3", gateway.BackEnd.Relays.Forwarded.Select(Text));
    }

    [Fact]
    public async Task Stop_WhileSomeAreDelayed_AnswersThem()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
            backEnd => backEnd.Relays.OnForward = _ => MailboxFull(), arguments: "--Delay:Patience=00:05:00");
        gateway.NymClient.Receive(ScriptedNymClient.Tag(1), Send("1"));
        await Eventually.True(() => !gateway.BackEnd.Relays.Forwarded.IsEmpty);

        await gateway.StopAsync().Within();

        Assert.Equal(Full, (await gateway.NextAnswerAsync(ScriptedNymClient.Tag(1))).Content);
        gateway.Logs.AssertNoErrors();
    }

    private static ForwardOutcome MailboxFull() => new() { MailboxFull = new RecipientMailboxFull() };

    private static ForwardOutcome Accepted() => new() { Accepted = new Accepted() };

    private static string Text(ForwardItem item) => item.Content.ToStringUtf8();

    private static string Send(string content) => $$"""{"action":"send","content":"{{content}}","signature":"00"}""";

    private static string Send(string content, string reference) => $$"""{{Send(content)[..^1]}},"ref":"{{reference}}"}""";
}
