using System.Reflection;

namespace NymDirectory.Compose.Harness;

/// <summary>Where the compose files are, as the build knew it.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = typeof(RepositoryRoot).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "RepositoryRoot").Value!;
}
