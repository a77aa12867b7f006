using NymDirectory.Load.Crowds;
using NymDirectory.Load.Mixnet;

namespace NymDirectory.Load.Workloads;

/// <summary>Look-ups of names that exist: askers in turn, names at random.</summary>
/// <param name="crowd">Who asks.</param>
/// <param name="hub">The way to the node.</param>
/// <param name="anyName">Whom they ask for; default: each other.</param>
internal sealed class QueryWorkload(Crowd crowd, HubSocket hub, Func<string>? anyName = null) : Workload(crowd, hub)
{
    // Where names are many they come back so late that no cache of a few thousand pages has them still.
    private readonly int _prepared = anyName is null ? 20_000 : 200_000;

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
            _frames = new byte[Math.Max(_prepared / Crowd.Count, 1) * Crowd.Count][];
            Parallel.For(0, _frames.Length, i => _frames[i] = Crowd.Frame(
                Crowd[i % Crowd.Count], ClientJson.Query(anyName?.Invoke() ?? Crowd[Random.Shared.Next(Crowd.Count)].Name)));
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
