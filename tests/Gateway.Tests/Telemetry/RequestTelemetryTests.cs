using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NymDirectory.Contracts.V1;
using NymDirectory.Gateway.Dispatch;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.Telemetry;
using NymDirectory.Gateway.Tests.Fakes;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.Telemetry;

public sealed class RequestTelemetryTests : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly ConcurrentQueue<string> _counts = [];
    private readonly ActivityListener _tracing;
    private readonly MeterListener _metering = new();
    private long _droppedAtAStop;

    public RequestTelemetryTests()
    {
        _tracing = new ActivityListener
        {
            ShouldListenTo = source => source.Name == GatewayTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_tracing);
        _metering.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == GatewayTelemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _metering.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var count = $"{instrument.Name} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}";
            _counts.Enqueue(count);
            Interlocked.Add(ref _droppedAtAStop, count == "nymdirectory.gateway.messages.dropped reason=stopping" ? value : 0);
        });
        _metering.Start();
    }

    [Fact]
    public async Task Handle_ASend_IsATraceOfItsOwnThatTheRelayGoesOnWith()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        await gateway.AskAsync(Vectors.Load().Sends[0].Message);

        var traceparent = gateway.BackEnd.Relays.Forwarded.Single().Context.Traceparent;
        await Eventually.True(() => _spans.Any(span => span.Id == traceparent));
        var root = _spans.Single(span => span.Id == traceparent);
        Assert.Equal(("nymchat send", ActivityKind.Server, null), (root.OperationName, root.Kind, root.ParentId));
        Assert.Equal(["outcome=success"], root.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"));
        Assert.Contains("nymdirectory.gateway.requests action=send outcome=success", _counts);
    }

    [Fact]
    public async Task StopAsync_DirectoryThatDoesNotAnswer_CountsAllThatGetNoAnswer()
    {
        const int each = 64;
        var clock = new FakeTimeProvider();
        var held = new TaskCompletionSource<QueryOutcome>();
        await using var gateway = await GatewayUnderTest.StartAsync(backEnd => backEnd.Accounts.OnQuery = _ => held.Task, clock);

        // Four tags take all places; of the fifth one is in hand and the others still in the intake.
        for (byte tag = 1; tag <= 5; tag++)
        {
            for (var i = 0; i < each; i++)
            {
                gateway.NymClient.Receive(ScriptedNymClient.Tag(tag), """{"action":"query","username":"bob"}""");
            }
        }

        var stopping = gateway.StopAsync();
        await Eventually.True(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return stopping.IsCompleted;
        });

        // Other tests may stop at the same time.
        Assert.InRange(Interlocked.Read(ref _droppedAtAStop), 5 * each, long.MaxValue);
        held.SetResult(new QueryOutcome { NotFound = new NotFound() });
    }

    [Fact]
    public async Task StopAsync_BeforeAnythingWasTaken_CountsWhatIsInTheIntake()
    {
        const int waiting = 1_000;
        await using var gateway = await GatewayUnderTest.StartAsync();
        var services = gateway.Get<IServiceProvider>();
        var intake = ActivatorUtilities.CreateInstance<Intake>(services);
        for (var i = 0; i < waiting; i++)
        {
            Assert.True(intake.TryAdd(new InboundMessage(ScriptedNymClient.Tag(1), gateway.NymClient.Run, default, 0)));
        }

        // As a stop in the moment of the start leaves it: the part that takes messages has not begun, and never will.
        using var dispatcher = ActivatorUtilities.CreateInstance<Dispatcher>(services, intake);
        await dispatcher.StopAsync(CancellationToken.None);

        // Other tests may stop at the same time, with fewer.
        Assert.InRange(Interlocked.Read(ref _droppedAtAStop), waiting, long.MaxValue);
    }

    [Fact]
    public async Task Handle_WhatCannotBeAnswered_IsCountedByReason()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.NymClient.Receive(ScriptedNymClient.Tag(1), "no JSON, canary-4711");
        gateway.NymClient.Receive(null, """{"action":"info"}""");
        gateway.NymClient.Receive(ScriptedNymClient.Tag(1), """{"action":"canary-4711"}""");

        await gateway.AskAsync("""{"action":"query","username":"canary-4711"}""");

        Assert.Contains("nymdirectory.gateway.messages.dropped reason=not_json", _counts);
        Assert.Contains("nymdirectory.gateway.messages.dropped reason=no_sender_tag", _counts);
        Assert.Contains("nymdirectory.gateway.messages.dropped reason=unknown_action", _counts);
        var told = gateway.Logs.Text + string.Concat(_counts)
            + string.Concat(_spans.SelectMany(span => span.TagObjects).Select(tag => tag.Value)) + string.Concat(_spans.Select(span => span.DisplayName));
        Assert.DoesNotContain("canary-4711", told, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _tracing.Dispose();
        _metering.Dispose();
    }
}
