using Microsoft.Extensions.Options;
using NymDirectory.Gateway.NymClient.Link;
using NymDirectory.Gateway.Sealing;
using NymDirectory.Mixnet;

namespace NymDirectory.Gateway.NymClient.Shortage;

/// <summary>
/// Withholds the word "taken" for messages while nym-client lacks the reply blocks to send them: it takes a whole mailbox all the same, and forgets it when its
/// owner has gone. Until the word comes the message is in the mailbox, whose lease paces the rest.
/// </summary>
internal sealed class LaneWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SettleInterval = TimeSpan.FromMilliseconds(250);

    // nym-client warns of an unknown tag once, and not again for half a minute after each further reply to it.
    private static readonly TimeSpan MissingFor = TimeSpan.FromMinutes(2);

    // Each question waits behind nym-client's backlog: one after the other a round would take as long as there are lanes.
    private const int AskedAtOnce = 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<SealedTag, WaitingLane> _lanes = [];
    private readonly Dictionary<SealedTag, long> _missing = [];
    private readonly RecentTags _recent;
    private readonly Lanes _ids;
    private readonly TagSealer _sealer;
    private readonly NymClientStatus _status;
    private readonly TimeProvider _time;
    private readonly TimeSpan _confirmation;

    // Before it nobody could be heard of. An nym-client that outlived its last Gateway may have had reply blocks a moment ago from anybody.
    private readonly long _listening;

    public LaneWatch(
        RecentTags recent,
        Lanes ids,
        TagSealer sealer,
        NymClientStatus status,
        NymClientMetrics metrics,
        TimeProvider time,
        IOptions<NymClientOptions> options)
    {
        (_recent, _ids, _sealer, _status, _time, _confirmation) = (recent, ids, sealer, status, time, options.Value.LaneConfirmation);
        _listening = time.GetTimestamp();
        metrics.ObserveWithheld(() => Withheld);
    }

    /// <summary>Messages that nym-client has and that are not reported as taken.</summary>
    public int Withheld
    {
        get
        {
            lock (_gate)
            {
                return _lanes.Values.Sum(lane => lane.Count);
            }
        }
    }

    /// <summary>nym-client answered for a message, and said how much waits on its lane. Zero proves nothing, unless its owner was just heard of.</summary>
    public void Take(OutboxEntry entry, ulong length)
    {
        var tag = entry.Reply.Tag;
        long? heard = _recent.LastHeard(tag);
        ReplyFate? fate = null;
        IReadOnlyList<(OutboxEntry, ReplyFate)>? lost = null;
        lock (_gate)
        {
            if (length == 0 && IsMissing(tag, heard))
            {
                fate = ReplyFate.Unsent;
            }
            else if (_lanes.TryGetValue(tag, out var lane) && lane.Run == entry.Reply.Run)
            {
                lane.Add(entry, length, heard ?? _listening);
            }
            else
            {
                lost = lane?.TakeAll(ReplyFate.RunLost);
                _lanes.Remove(tag);
                fate = Begin(entry, length, heard);
            }
        }

        End(lost);
        if (fate is { } known)
        {
            entry.End(known);
        }
    }

    /// <summary>
    /// nym-client said that it has no reply blocks of that tag at all: it dropped what it was given, and drops what it is given until its owner is
    /// heard of. It says so once; its word may come before its answer to the very reply.
    /// </summary>
    public void Missing(SenderTag tag)
    {
        var seal = _sealer.Seal(tag);
        lock (_gate)
        {
            foreach (var old in _missing.Where(missing => _time.GetElapsedTime(missing.Value) >= MissingFor).Select(missing => missing.Key).ToList())
            {
                _missing.Remove(old);
            }

            _missing[seal] = _time.GetTimestamp();
        }

        End(seal, lane => lane.TakeAll(ReplyFate.Unsent));
    }

    /// <summary>Asks for the length of each lane, again and again.</summary>
    public async Task RunAsync(NymClientSession session, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        while (await timer.WaitForNextTickAsync(ended))
        {
            await MeasureAllAsync(session, Watched(), ended);
        }
    }

    /// <summary>
    /// The Gateway or nym-client stops: asks until nothing is withheld any more. What of it is short of reply blocks for longer than the caller waits is
    /// <see cref="Lose">lost</see>, and goes back to its mailbox.
    /// </summary>
    public async Task SettleAsync(NymClientSession session, CancellationToken ended)
    {
        while (Watched() is { Count: > 0 } tags)
        {
            await MeasureAllAsync(session, tags, ended);
            await Task.Delay(SettleInterval, _time, ended);
        }
    }

    /// <summary>The connection is gone: nobody can say what becomes of the rest.</summary>
    public void Lose() => Watched().ForEach(lost => End(lost.Tag, lane => lane.TakeAll(ReplyFate.RunLost)));

    /// <summary>The first on its lane: its fate if that is known at once.</summary>
    private ReplyFate? Begin(OutboxEntry entry, ulong length, long? heard)
    {
        if (length == 0 && (_confirmation == TimeSpan.Zero || (heard is { } at && _time.GetElapsedTime(at) < LaneRules.JustHeard)))
        {
            return ReplyFate.Taken;
        }

        var lane = _lanes[entry.Reply.Tag] = new WaitingLane(entry.Reply.Run, _time, _confirmation);
        lane.Add(entry, length, heard ?? _listening);
        return null;
    }

    private bool IsMissing(SealedTag tag, long? heard) =>
        _missing.TryGetValue(tag, out var since) && !(heard > since) && _time.GetElapsedTime(since) < MissingFor;

    private async Task MeasureAllAsync(NymClientSession session, List<(SealedTag Tag, RunId Run)> lanes, CancellationToken ended)
    {
        foreach (var part in lanes.Chunk(AskedAtOnce))
        {
            await Task.WhenAll(part.Select(lane => MeasureAsync(session, lane.Tag, lane.Run, ended)));
        }
    }

    private async Task MeasureAsync(NymClientSession session, SealedTag tag, RunId run, CancellationToken ended)
    {
        long asked = _time.GetTimestamp();
        if (await AskAsync(session, tag, run, ended) is { } length)
        {
            End(tag, lane => lane.Measure(length, asked, _recent.LastHeard(tag) ?? _listening));
        }
    }

    private async Task<ulong?> AskAsync(NymClientSession session, SealedTag tag, RunId run, CancellationToken ended)
    {
        if (_status.Run != run)
        {
            End(tag, lane => lane.Run == run ? lane.TakeAll(ReplyFate.RunLost) : []);
            return null;
        }

        return await session.RequestAsync(new LaneQueueLengthRequest(_ids.For(run, tag)), ended) is NymAnswer.Taken taken ? taken.QueueLength : null;
    }

    private List<(SealedTag Tag, RunId Run)> Watched()
    {
        lock (_gate)
        {
            return [.. _lanes.Select(lane => (lane.Key, lane.Value.Run))];
        }
    }

    private void End(SealedTag tag, Func<WaitingLane, IReadOnlyList<(OutboxEntry Entry, ReplyFate Fate)>> take)
    {
        IReadOnlyList<(OutboxEntry, ReplyFate)> ended;
        lock (_gate)
        {
            if (!_lanes.TryGetValue(tag, out var lane))
            {
                return;
            }

            ended = take(lane);
            if (lane.Count == 0)
            {
                _lanes.Remove(tag);
            }
        }

        // Whoever waits for these goes on at once: not under the lock.
        End(ended);
    }

    private static void End(IReadOnlyList<(OutboxEntry Entry, ReplyFate Fate)>? ended)
    {
        foreach (var (entry, fate) in ended ?? [])
        {
            entry.End(fate);
        }
    }
}
