using Microsoft.Extensions.Time.Testing;
using NymDirectory.Localnet.Client;
using NymDirectory.Localnet.Faults;
using NymDirectory.Localnet.Packets;
using NymDirectory.Localnet.Tests.Rig;
using NymDirectory.TestKit;

namespace NymDirectory.Localnet.Tests.Client;

public sealed class OutputQueueTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingHub _hub = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly MixnetConditions _conditions;
    private readonly OutputQueue _output;
    private readonly Task _running;

    public OutputQueueTests()
    {
        _conditions = new MixnetConditions(_time, noPacing: false, fast: false);
        _output = new OutputQueue(_hub, _conditions, new LaneBuffers(_time), _time);
        _running = _output.RunAsync(_stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _output.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task TakeHeld_Unpaced_SendsInOrder()
    {
        for (byte i = 0; i < 100; i++)
        {
            await _output.TakeHeldAsync(Some.Message(lane: 1, mark: i), default).AsTask().Within();
        }

        for (byte i = 0; i < 100; i++)
        {
            Assert.Equal(i, (await _hub.Sent.ReadAsync().AsTask().Within()).Payload[0]);
        }
    }

    [Fact]
    public async Task TakeHeld_Paced_IsWithheldBeyondTenAndFreedOneASlot()
    {
        Pace(50);
        await FillAsync();

        var withheld = _output.TakeHeldAsync(Some.Message(lane: 1), default).AsTask();
        Assert.False(withheld.IsCompleted);

        await AdvanceUntilAsync(() => withheld.IsCompleted);
        await withheld;
    }

    [Fact]
    public async Task Take_Paced_IsNeverWithheld()
    {
        Pace(50);
        await FillAsync();

        for (var i = 0; i < 1000; i++)
        {
            _output.Take(Some.Message());
        }

        Assert.True(_hub.Count < 10);
    }

    [Fact]
    public async Task Run_Paced_SendsFiftyPacketsASecond()
    {
        Pace(50);
        for (var i = 0; i < 1000; i++)
        {
            _output.Take(Some.Message());
        }

        var before = _time.GetUtcNow();
        await AdvanceUntilAsync(() => _hub.Count >= 100);

        var elapsed = _time.GetUtcNow() - before;
        Assert.InRange(elapsed.TotalSeconds, 1.8, 2.3);
    }

    [Fact]
    public async Task Run_PacedThreePacketMessage_TakesThreeSlots()
    {
        Pace(1);
        _output.Take(Some.Message(packets: 3));
        var before = _time.GetUtcNow();

        await AdvanceUntilAsync(() => _hub.Count == 1);

        Assert.InRange((_time.GetUtcNow() - before).TotalSeconds, 1.8, 3.2);
    }

    [Fact]
    public async Task Run_Silent_SendsNothingUntilItEnds()
    {
        _conditions.Apply(new ClientBehaviour(0, TimeSpan.Zero, TimeSpan.FromMinutes(3)));
        _output.Take(Some.Message());
        _time.Advance(TimeSpan.FromMinutes(2.9));
        Assert.Equal(0, _hub.Count);

        await AdvanceUntilAsync(() => _hub.Count == 1);
    }

    [Fact]
    public async Task Run_SilenceEndedEarly_GoesOn()
    {
        _conditions.Apply(new ClientBehaviour(0, TimeSpan.Zero, TimeSpan.FromMinutes(3)));
        _output.Take(Some.Message());

        _conditions.Apply(new ClientBehaviour(0, TimeSpan.Zero, TimeSpan.Zero));

        await Eventually.True(() => _hub.Count == 1);
    }

    [Fact]
    public async Task Run_PaceTakenAway_SendsTheRestAtOnce()
    {
        Pace(0.01);
        for (var i = 0; i < 20; i++)
        {
            _output.Take(Some.Message(packets: 2));
        }

        Pace(0);

        await Eventually.True(() => _hub.Count == 20);
    }

    private void Pace(double packets) => _conditions.Apply(new ClientBehaviour(packets, TimeSpan.Zero, null));

    // Ten are held in the queue, and a few more have gone into the lanes meanwhile.
    private async Task FillAsync()
    {
        while (_output.TakeHeldAsync(Some.Message(lane: 1), new CancellationToken(canceled: false)).AsTask() is { IsCompleted: true } taken)
        {
            await taken;
        }
    }

    private Task AdvanceUntilAsync(Func<bool> done) => Eventually.True(() =>
    {
        _time.Advance(TimeSpan.FromMilliseconds(20));
        return done();
    });
}
