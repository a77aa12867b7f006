namespace NymDirectory.Compose.Harness;

/// <summary>A test that needs a Docker engine with Compose v2; without one it is skipped, and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ComposeFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> WhyNot = new(() => AskAsync().GetAwaiter().GetResult());

    public ComposeFactAttribute()
    {
        Skip = WhyNot.Value;
    }

    private static async Task<string?> AskAsync()
    {
        try
        {
            var engine = await DockerCommand.TryAsync(["info", "--format", "{{.ServerVersion}}"], TimeSpan.FromSeconds(20));
            var compose = await DockerCommand.TryAsync(["compose", "version"], TimeSpan.FromSeconds(20));
            return engine.ExitCode != 0 ? "no Docker engine answers" : compose.ExitCode != 0 ? "docker has no compose plugin" : null;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or TimeoutException)
        {
            return "there is no docker that answers";
        }
    }
}
