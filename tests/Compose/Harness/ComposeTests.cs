namespace NymDirectory.Compose.Harness;

/// <summary>All compose tests share one node, and so run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ComposeTests : ICollectionFixture<ComposeNode>
{
    public const string Name = "compose";
}
