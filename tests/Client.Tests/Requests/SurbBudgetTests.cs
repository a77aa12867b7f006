using CsCheck;
using Microsoft.Extensions.Time.Testing;
using NymDirectory.Client.Requests;
using NymDirectory.Client.Tests.Fakes;

namespace NymDirectory.Client.Tests.Requests;

public sealed class SurbBudgetTests
{
    private static readonly NymChatClientOptions Options = Party.Options;

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Take_First_IsMoreThanNymClientHoldsBack()
    {
        var budget = new SurbBudget(Options, _time);
        Assert.Equal(14u, budget.Take());
    }

    [Fact]
    public void Take_AnsweredInOnePacket_ReplacesWhatWasSpent()
    {
        var budget = new SurbBudget(Options, _time);
        budget.Take();
        budget.Spent(400);
        Assert.Equal(1u, budget.Take());
        Assert.Equal(1u, budget.Take());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1_601, 1)]
    [InlineData(1_602, 2)]
    [InlineData(3_205, 2)]
    [InlineData(3_206, 3)]
    [InlineData(4_809, 3)]
    [InlineData(4_810, 4)]
    public void Take_AfterALongMessage_ReplacesItsPackets(int bytes, uint packets)
    {
        var budget = new SurbBudget(Options, _time);
        budget.Take();
        budget.Spent(bytes);
        Assert.Equal(packets, budget.Take());
    }

    [Fact]
    public void Take_LoggedIn_HasSomeForMessages()
    {
        var budget = new SurbBudget(Options, _time);
        budget.Take();
        budget.ExpectMessages();
        Assert.Equal(20u, budget.Take());
    }

    [Fact]
    public void Take_AfterSilenceOrAnHour_BeginsAnew()
    {
        var budget = new SurbBudget(Options, _time);
        budget.Take();
        budget.Suspect();
        Assert.Equal(14u, budget.Take());
        _time.Advance(Options.SurbLifetime + TimeSpan.FromSeconds(1));
        Assert.Equal(14u, budget.Take());
    }

    [Fact]
    public void Take_Whatever_NeverLeavesOnlyTheReserve() => Gen.Int[0, 200_000].Array[0, 50].Sample(sizes =>
    {
        var budget = new SurbBudget(Options, new FakeTimeProvider());
        var left = 0;
        foreach (var size in sizes)
        {
            left += (int)budget.Take();
            Assert.True(left >= Options.SurbReserve + Options.SurbsForAnswers);
            budget.Spent(size);
            left = Math.Max(0, left - ((size + 1_606) / 1_604));
        }
    });
}
