namespace NymDirectory.Gateway.Protocol;

/// <summary>Features as the Directory takes them.</summary>
internal static class ClientFeatureNames
{
    /// <summary>The names of those that are asked for.</summary>
    public static IEnumerable<string> Names(this ClientFeatures features) => features.HasFlag(ClientFeatures.Ack) ? ["ack"] : [];
}
