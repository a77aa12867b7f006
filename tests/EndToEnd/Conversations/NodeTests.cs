using NymDirectory.EndToEnd.Harness;

namespace NymDirectory.EndToEnd.Conversations;

/// <summary>Tests that share a node: what must hold of every run is checked after each of them.</summary>
public abstract class NodeTests(NodeFixture fixture) : IAsyncLifetime
{
    internal NodeUnderTest Node => fixture.Node;

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        Node.AssertQuiet();
        return Task.CompletedTask;
    }
}
