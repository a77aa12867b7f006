using Microsoft.Extensions.Options;
using NymDirectory.Gateway.NymClient;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.NymClient;

public sealed class IntakeTests : IDisposable
{
    private readonly TestMeters _meters = new();

    [Fact]
    public void TryAdd_TooManyMessages_DropsAndCounts()
    {
        var intake = Create(messages: 2);

        Assert.True(intake.TryAdd(Message(1)));
        Assert.True(intake.TryAdd(Message(1)));
        Assert.False(intake.TryAdd(Message(1)));

        Assert.Equal(2, intake.Depth);
        Assert.Equal(2, intake.Bytes);
        Assert.Equal(1, _meters["intake.drops intake-full"]);
    }

    [Fact]
    public async Task TryAdd_TooManyBytes_HasRoomAgainWhenRead()
    {
        var intake = Create(bytes: 2000);
        Assert.True(intake.TryAdd(Message(1500)));
        Assert.False(intake.TryAdd(Message(501)));
        Assert.True(intake.TryAdd(Message(500)));

        await foreach (var message in intake.ReadAllAsync(CancellationToken.None))
        {
            Assert.Equal(1500, message.Message.Length);
            break;
        }

        Assert.True(intake.TryAdd(Message(1500)));
        Assert.Equal(1, _meters["intake.drops intake-full"]);
    }

    [Fact]
    public async Task Close_WithMessages_HandsThemOutAndTakesNoMore()
    {
        var intake = Create();
        intake.TryAdd(Message(1));

        intake.Close();

        Assert.False(intake.TryAdd(Message(2)));
        Assert.Equal(1, _meters["intake.drops stopping"]);
        Assert.Equal(1, await CountAsync(intake).Within());
    }

    public void Dispose() => _meters.Dispose();

    private static async Task<int> CountAsync(Intake intake)
    {
        int count = 0;
        await foreach (var _ in intake.ReadAllAsync(CancellationToken.None))
        {
            count++;
        }

        return count;
    }

    private static InboundMessage Message(int size) => new(null, RunId.New(), new byte[size], 0);

    private Intake Create(int messages = 100, long bytes = 1 << 20) =>
        new(Options.Create(new QueueOptions { IntakeMessages = messages, IntakeBytes = bytes }), new NymClientMetrics(_meters, TimeProvider.System));
}
