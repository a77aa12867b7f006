using System.Collections.Frozen;

namespace NymDirectory.Gateway.NymClient;

/// <summary>The members of an enum as metrics name them: <c>RunLost</c> is <c>run-lost</c>.</summary>
internal static class MetricWords<T>
    where T : struct, Enum
{
    public static readonly FrozenDictionary<T, string> Of = Enum.GetValues<T>().ToFrozenDictionary(value => value, Split);

    private static string Split(T value) =>
        string.Concat(value.ToString().Select((letter, at) => char.IsUpper(letter) && at > 0 ? $"-{letter}" : $"{letter}")).ToLowerInvariant();
}
