using Grpc.Net.Client.Balancer;

namespace NymDirectory.Hosting.Balancing;

/// <summary>One attempt of a call, as far as its replica's health is concerned.</summary>
internal sealed class ReplicaCall(ReplicaHealth health) : ISubchannelCallTracker
{
    /// <inheritdoc/>
    public void Start() => health.Begin();

    // An error here means that no answer began: a broken connection, or a deadline. A status of the service itself is an answer.
    /// <inheritdoc/>
    public void Complete(CompletionContext context) => health.End(answered: context.Error is null);
}
