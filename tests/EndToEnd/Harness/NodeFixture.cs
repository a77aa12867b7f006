namespace NymDirectory.EndToEnd.Harness;

/// <summary>One node for all tests of a class.</summary>
public abstract class NodeFixture : IAsyncLifetime
{
    private NodeUnderTest? _node;

    internal NodeUnderTest Node => _node ?? throw new InvalidOperationException("The node did not start.");

    /// <summary>Further variables for every program.</summary>
    protected virtual IReadOnlyDictionary<string, string>? Environment => null;

    /// <inheritdoc/>
    public async Task InitializeAsync() => _node = await NodeUnderTest.StartAsync(Environment);

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_node is not null)
        {
            await using (_node)
            {
                await _node.StopAsync();
            }
        }
    }
}
