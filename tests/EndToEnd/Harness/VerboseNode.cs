namespace NymDirectory.EndToEnd.Harness;

/// <summary>One node for a class, at the most verbose level.</summary>
public sealed class VerboseNode : NodeFixture
{
    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string>? Environment => MostVerbose.Variables;
}
