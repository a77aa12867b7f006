namespace NymDirectory.EndToEnd.Harness;

/// <summary>One node for a class, as operators run it.</summary>
public sealed class QuietNode : NodeFixture;
