using NymDirectory.Load.Crowds;
using NymDirectory.Load.Mixnet;

namespace NymDirectory.Load.Workloads;

/// <summary>Look-ups of names that exist: askers in turn, names at random.</summary>
internal sealed class QueryWorkload(Crowd crowd, HubSocket hub) : Workload(crowd, hub)
{
    private const int Prepared = 20_000;

    private readonly OpenOperations _open = new();
    private byte[][] _frames = [];

    public override string Name => "query";

    // Without a cache of answers; a node that keeps them can go below.
    public override FloorShare Floor => new(Checks: 0, Signatures: 1);

    public override void Prepare(int first, int count)
    {
        // Nothing in a query is used up, so the same ones serve again and again.
        if (_frames.Length == 0)
        {
            _frames = new byte[Math.Max(Prepared / Crowd.Count, 1) * Crowd.Count][];
            Parallel.For(0, _frames.Length, i => _frames[i] = Crowd.Frame(
                Crowd[i % Crowd.Count], ClientJson.Query(Crowd[Random.Shared.Next(Crowd.Count)].Name)));
        }
    }

    public override void Begin(int operation)
    {
        _open.Begin(operation % Crowd.Count, operation);
        Hub.Queue(_frames[operation % _frames.Length]);
    }

    public override Progress Take(int user, ReadOnlySpan<byte> answer)
    {
        var operation = answer.StartsWith("{\"action\":\"queryResponse\""u8) ? _open.End(user) : -1;
        return operation < 0
            ? Progress.None
            : new Progress(operation, answer.IndexOf("publicKey"u8) > 0 ? Step.AnsweredAndCompleted : Step.Refused);
    }
}
