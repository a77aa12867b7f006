using NymDirectory.Load.Crowds;
using NymDirectory.Load.Mixnet;

namespace NymDirectory.Load.Workloads;

/// <summary>
/// Keeps a number of operations in flight, or begins so many a second whatever comes back. One thread does everything; a begun operation
/// counts from when it should have begun, so that a generator that is late does not flatter the node.
/// </summary>
/// <param name="workload">What is done.</param>
/// <param name="crowd">Who does it.</param>
/// <param name="hub">By which connection.</param>
/// <param name="pace">How fast.</param>
/// <param name="time">Another clock than the system's.</param>
internal sealed class Traffic(Workload workload, Crowd crowd, HubSocket hub, Pace pace, TimeProvider? time = null)
{
    private static readonly TimeSpan Drained = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly List<long> _began = [];
    private readonly TrafficCounts _counts = new();
    private long _paceStart;
    private int _paceFirst;
    private double? _perSecond;
    private int _givenUp;

    /// <summary>What happened so far.</summary>
    public TrafficCounts Counts => _counts;

    /// <summary>How many operations were begun.</summary>
    public int Begun => _began.Count;

    private int InFlight => _began.Count - _counts.Ended - _givenUp;

    /// <summary>Lets operations begin for a while, at a part of the rate if there is one; they go on in the next call.</summary>
    public void Run(TimeSpan duration, double partOfRate = 1)
    {
        _perSecond = pace.PerSecond * partOfRate;
        RunUntil(duration, int.MaxValue);
    }

    /// <summary>Lets so many operations run to their end.</summary>
    public void RunToEnd(int count)
    {
        _perSecond = pace.PerSecond;
        RunUntil(TimeSpan.MaxValue, _began.Count + count);
        Drain();
    }

    /// <summary>Begins nothing more and waits for what is in flight; what does not end within a minute is missing.</summary>
    public void Drain()
    {
        var start = _time.GetTimestamp();
        while (InFlight > 0 && _time.GetElapsedTime(start) < Drained)
        {
            Exchange(Glance);
        }

        // What the node dropped does not stand in the way of what comes next; it stays missing.
        _givenUp += InFlight;
    }

    private void RunUntil(TimeSpan duration, int most)
    {
        var start = _time.GetTimestamp();
        (_paceStart, _paceFirst) = (start, _began.Count);
        while (_time.GetElapsedTime(start) < duration && _began.Count < most)
        {
            BeginWhatIsDue(most);
            Exchange(Glance);
        }
    }

    private void BeginWhatIsDue(int most)
    {
        var now = _time.GetTimestamp();
        var due = _perSecond is { } rate
            ? _paceFirst + 1 + (int)(_time.GetElapsedTime(_paceStart, now).TotalSeconds * rate)
            : int.MaxValue;
        while (_began.Count < due && _began.Count < most && InFlight < pace.InFlight)
        {
            _began.Add(ShouldHaveBegun(now));
            workload.Begin(_began.Count - 1);
        }
    }

    private long ShouldHaveBegun(long now) => _perSecond is { } rate
        ? _paceStart + (long)((_began.Count - _paceFirst) / rate * _time.TimestampFrequency)
        : now;

    private void Exchange(TimeSpan patience)
    {
        hub.Flush();
        if (!hub.Receive(patience))
        {
            return;
        }

        var now = _time.GetTimestamp();
        while (hub.TryTake(out var reply))
        {
            _counts.Packets += reply.Packets;
            if (reply.AsksForBlocks)
            {
                _counts.BlocksAskedFor++;
                hub.Queue(crowd.BlocksFrame(crowd[reply.User], reply.BlocksAsked));
            }
            else
            {
                Count(workload.Take(reply.User, reply.Content), now);
            }
        }
    }

    private void Count(Progress progress, long now)
    {
        switch (progress.Step)
        {
            case Step.Answered:
                _counts.Answered.Add(Since(progress, now));
                break;
            case Step.Completed:
                _counts.Completed.Add(Since(progress, now));
                break;
            case Step.AnsweredAndCompleted:
                _counts.Answered.Add(Since(progress, now));
                _counts.Completed.Add(Since(progress, now));
                break;
            case Step.Refused:
                _counts.Refused++;
                break;
            case Step.Repeated:
                _counts.Repeated++;
                break;
        }
    }

    private double Since(Progress progress, long now) => _time.GetElapsedTime(_began[progress.Operation], now).TotalMilliseconds;
}
