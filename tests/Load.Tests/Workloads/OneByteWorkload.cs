using NymDirectory.Load.Crowds;
using NymDirectory.Load.Workloads;

namespace NymDirectory.Load.Tests.Workloads;

/// <summary>Operations that send nothing. An answer is for the operation with its user's number, and its byte says how far that came.</summary>
internal sealed class OneByteWorkload(Crowd crowd, SilentHub hub) : Workload(crowd, hub.Socket)
{
    /// <summary>What happens when an operation begins.</summary>
    public Action<int>? Begins { get; set; }

    public override string Name => "nothing";

    public override FloorShare Floor => new(0, 0);

    public override void Prepare(int first, int count)
    {
    }

    public override void Begin(int operation) => Begins?.Invoke(operation);

    public override Progress Take(int user, ReadOnlySpan<byte> answer) => new(user, (Step)answer[0]);
}
