using NymDirectory.Load.Crowds;
using NymDirectory.Load.Measuring;
using NymDirectory.Load.Mixnet;
using NymDirectory.Load.Workloads;

namespace NymDirectory.Load.Packets.Paced;

/// <summary>Messages at a steady rate, whatever comes back, and a look-up of somebody else now and then; when each of them met what. One thread.</summary>
internal sealed class OverloadTraffic(Crowd crowd, HubSocket hub, int senders, int characters, double perSecond)
{
    private const int Quarters = 4;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan QueryInterval = TimeSpan.FromMilliseconds(500);

    // A lease's end, after which what went astray comes again, and some more.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(45);

    private readonly SendWorkload _sends = new(crowd, hub, characters, senders);
    private readonly OpenOperations _asked = new();
    private readonly List<long> _queryBegan = [];
    private readonly List<Fate> _fates = [];

    public int Offered => _fates.Count;

    public int Accepted { get; private set; }

    public int Refused { get; private set; }

    public int Repeated { get; private set; }

    public long Packets { get; private set; }

    public int Queries => _queryBegan.Count;

    public Latencies QueriesAnswered { get; } = new();

    /// <summary>Said to be accepted, and never delivered.</summary>
    public int Lost => _fates.Count(fate => fate is { Accepted: > 0, Delivered: 0 });

    /// <summary>Signs beforehand.</summary>
    public void Prepare(TimeSpan duration) => _sends.Prepare(0, (int)(duration.TotalSeconds * perSecond) + 1);

    public void Offer(TimeSpan duration)
    {
        var start = TimeProvider.System.GetTimestamp();
        for (var elapsed = TimeSpan.Zero; elapsed < duration; elapsed = TimeProvider.System.GetElapsedTime(start))
        {
            while (_fates.Count < elapsed.TotalSeconds * perSecond)
            {
                _fates.Add(new Fate(TimeProvider.System.GetTimestamp()));
                _sends.Begin(_fates.Count - 1);
            }

            if (_queryBegan.Count < elapsed / QueryInterval)
            {
                Ask();
            }

            Exchange();
        }
    }

    /// <summary>Until everything has come, or nothing came for a while. How long that took.</summary>
    public TimeSpan Drain()
    {
        var start = TimeProvider.System.GetTimestamp();
        var last = start;
        while ((Accepted + Refused < Offered || QueriesAnswered.Count < Queries || Lost > 0) && TimeProvider.System.GetElapsedTime(last) < Quiet)
        {
            last = Exchange() ? TimeProvider.System.GetTimestamp() : last;
        }

        return TimeProvider.System.GetElapsedTime(start, last);
    }

    /// <summary>From sending to <c>success</c>, of what was sent in each quarter.</summary>
    public IReadOnlyList<LatencySummary> AnsweredByQuarter() =>
    [
        .. _fates.Chunk(Math.Max(1, (_fates.Count + Quarters - 1) / Quarters))
            .Select(quarter => Summary(quarter.Where(fate => fate.Accepted > 0).Select(fate => (fate.Began, fate.Accepted)))),
    ];

    /// <summary>From <c>success</c> to the recipient.</summary>
    public LatencySummary AcceptedToDelivered() => Summary(
        _fates.Where(fate => fate is { Accepted: > 0, Delivered: > 0 }).Select(fate => (fate.Accepted, Math.Max(fate.Accepted, fate.Delivered))));

    private static LatencySummary Summary(IEnumerable<(long From, long To)> times)
    {
        var latencies = new Latencies();
        foreach (var (from, to) in times)
        {
            latencies.Add(TimeProvider.System.GetElapsedTime(from, to).TotalMilliseconds);
        }

        return latencies.Between(0, latencies.Count);
    }

    private void Ask()
    {
        var asker = senders + (_queryBegan.Count % (crowd.Count - senders));
        _asked.Begin(asker, _queryBegan.Count);
        _queryBegan.Add(TimeProvider.System.GetTimestamp());
        hub.Queue(crowd.Frame(crowd[asker], ClientJson.Query(crowd[_queryBegan.Count % senders].Name)));
    }

    private bool Exchange()
    {
        hub.Flush();
        if (!hub.Receive(Glance))
        {
            return false;
        }

        while (hub.TryTake(out var reply))
        {
            Packets += reply.Packets;
            if (reply.AsksForBlocks)
            {
                hub.Queue(crowd.BlocksFrame(crowd[reply.User], reply.BlocksAsked));
            }
            else if (reply.User >= senders)
            {
                QueriesAnswered.Add(TimeProvider.System.GetElapsedTime(_queryBegan[_asked.End(reply.User)]).TotalMilliseconds);
            }
            else
            {
                Note(_sends.Take(reply.User, reply.Content));
            }
        }

        return true;
    }

    private void Note(Progress progress)
    {
        var now = TimeProvider.System.GetTimestamp();
        switch (progress)
        {
            case { Operation: < 0 }:
                break;
            case { Step: Step.Answered or Step.AnsweredAndCompleted }:
                Accepted++;
                _fates[progress.Operation].Accepted = now;
                break;
            case { Step: Step.Completed or Step.Continues }:
                _fates[progress.Operation].Delivered = now;
                break;
            case { Step: Step.Refused }:
                Refused++;
                break;
            default:
                Repeated++;
                break;
        }
    }

    private sealed class Fate(long began)
    {
        public long Began => began;

        public long Accepted { get; set; }

        public long Delivered { get; set; }
    }
}
