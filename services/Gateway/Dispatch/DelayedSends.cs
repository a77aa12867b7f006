using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using NymDirectory.Gateway.Replies;
using NymDirectory.Gateway.Sealing;
using NymDirectory.Gateway.Telemetry;

namespace NymDirectory.Gateway.Dispatch;

/// <summary>
/// Existing clients pay no heed to refusals: what is refused is lost to their users. So a <c>send</c> for a full mailbox, or while a service is
/// away, is tried again for a while first. What one tag sends stays in order; everything else that it asks goes on meanwhile.
/// </summary>
internal sealed class DelayedSends : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);

    /// <summary>Timers may end a millisecond early: what is left then is no reason to ask once more.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly Dictionary<SealedTag, Queue<DelayedSend>> _lanes = [];
    private readonly TrackedTasks _running = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly DelayOptions _options;
    private readonly GatewayMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<DelayedSends> _logger;
    private int _count;
    private long _bytes;

    public DelayedSends(IOptions<DelayOptions> options, GatewayMetrics metrics, TimeProvider clock, ILogger<DelayedSends> logger)
    {
        (_options, _metrics, _clock, _logger) = (options.Value, metrics, clock, logger);
        metrics.ObserveDelayedSends(() => Count);
    }

    /// <summary>How many are delayed.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>Whether that tag's next <c>send</c> has to wait behind others.</summary>
    public bool HasAnyOf(SealedTag tag)
    {
        lock (_gate)
        {
            return _lanes.ContainsKey(tag);
        }
    }

    /// <summary>Takes one over; it will get an answer. False when there is no room, or no patience.</summary>
    /// <param name="tag">Whose it is.</param>
    /// <param name="send">What is to be tried again.</param>
    /// <param name="cancellationToken">Ends it without an answer.</param>
    public bool TryAdd(SealedTag tag, DelayedSend send, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var lane = _lanes.GetValueOrDefault(tag);
            if (!HasRoom(lane, send))
            {
                _metrics.SendDelayed("no_room");
                return false;
            }

            _count++;
            _bytes += send.Bytes;
            if (lane is null)
            {
                _lanes.Add(tag, lane = new Queue<DelayedSend>());
                Start(tag, cancellationToken);
            }

            lane.Enqueue(send);
            return true;
        }
    }

    /// <summary>The Gateway stops: all are answered now, with what their last try said.</summary>
    public Task StopAsync()
    {
        _stop.Cancel();
        return _running.DrainAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private bool HasRoom(Queue<DelayedSend>? lane, DelayedSend send) =>
        _options.Patience > TimeSpan.Zero && !_stop.IsCancellationRequested
        && _count < _options.MaxSends && _bytes + send.Bytes <= _options.MaxBytes && (lane?.Count ?? 0) < _options.MaxSendsOfOneTag;

    private void Start(SealedTag tag, CancellationToken cancellationToken)
    {
        // It outlives the request that began it, and must not run inside its span.
        using (ExecutionContext.SuppressFlow())
        {
            _running.Add(Task.Run(() => RunAsync(tag, cancellationToken), CancellationToken.None));
        }
    }

    private async Task RunAsync(SealedTag tag, CancellationToken cancellationToken)
    {
        while (TryPeek(tag, out var send))
        {
            try
            {
                var answer = await TryUntilAsync(send, cancellationToken);
                _metrics.SendDelayed(answer.MayPass ? "refused" : "passed");
                await send.Answer(answer, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                _metrics.SendDelayed("stopping");
            }
            catch (Exception e)
            {
                _metrics.SendDelayed("failed");
                _logger.HandlingFailed(e.GetType().Name, e.StackTrace);
            }

            Leave(tag);
        }
    }

    private async Task<Answer> TryUntilAsync(DelayedSend send, CancellationToken cancellationToken)
    {
        var answer = send.Refusal ?? await send.Try(cancellationToken);
        for (var pause = FirstPause; answer.MayPass && Left(send) is var left && left >= ShortestPause; pause = Longer(pause))
        {
            await Task.Delay(left < pause ? left : pause, _clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            answer = await send.Try(cancellationToken);
        }

        return answer;
    }

    private TimeSpan Left(DelayedSend send) =>
        _stop.IsCancellationRequested ? TimeSpan.Zero : _options.Patience - _clock.GetElapsedTime(send.Since);

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    /// <summary>False when nothing is left of that tag: then, and only then, its lane is gone.</summary>
    private bool TryPeek(SealedTag tag, [NotNullWhen(true)] out DelayedSend? send)
    {
        lock (_gate)
        {
            if (!_lanes[tag].TryPeek(out send))
            {
                _lanes.Remove(tag);
            }

            return send is not null;
        }
    }

    private void Leave(SealedTag tag)
    {
        lock (_gate)
        {
            _count--;
            _bytes -= _lanes[tag].Dequeue().Bytes;
        }
    }
}
