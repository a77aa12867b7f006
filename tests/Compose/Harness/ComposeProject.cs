using System.Globalization;
using NymDirectory.TestKit;

namespace NymDirectory.Compose.Harness;

/// <summary>The real compose file, with the tests' own overlay, under a project name of its own.</summary>
internal sealed class ComposeProject(string name, TemporaryFolder folder)
{
    private static readonly string[] Files = ["-f", "docker-compose.yml", "-f", "tests/Compose/compose.test.yml"];
    private static readonly TimeSpan BuildPatience = TimeSpan.FromMinutes(20);

    /// <summary>Runs <c>docker compose</c>, the second Gateway and the walkthrough included.</summary>
    public Task<string> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    public Task<string> RunAsync(TimeSpan? timeout, params string[] arguments) => DockerCommand.RunAsync(All(arguments), timeout);

    public Task BuildAsync() => RunAsync(BuildPatience, "build");

    public async Task UpAsync(IEnumerable<string> services, params string[] options)
    {
        await RunAsync(["up", "--detach", "--no-build", .. options, .. services]);
        foreach (var service in services)
        {
            await HealthyAsync(service);
        }
    }

    /// <summary>As many of a service as are said, without touching anything else.</summary>
    public async Task ScaleAsync(string service, int count)
    {
        await RunAsync("up", "--detach", "--no-build", "--no-recreate", "--no-deps", "--scale", string.Create(CultureInfo.InvariantCulture, $"{service}={count}"), service);
        await HealthyAsync(service);
        Assert.Equal(count, (await ContainersAsync(service)).Count);
    }

    /// <summary>The ids of the running containers of a service.</summary>
    public async Task<IReadOnlyList<string>> ContainersAsync(string service) => Lines(await RunAsync("ps", "--quiet", service));

    /// <summary>What <c>docker inspect</c> says of a container.</summary>
    public static async Task<string> InspectAsync(string container, string format) =>
        (await DockerCommand.RunAsync(["inspect", "--format", format, container])).Trim();

    /// <summary>Where on this machine's loopback a port of a service is published: <c>host:port</c>.</summary>
    public async Task<string> PortAsync(string service, int port) => (await RunAsync("port", service, port.ToString(CultureInfo.InvariantCulture))).Trim();

    /// <summary>A text file out of a container; none of them has a shell.</summary>
    public async Task<string> ReadFileAsync(string service, string path)
    {
        var copy = folder.File($"{service}-{Path.GetFileName(path)}");
        await RunAsync("cp", $"{service}:{path}", copy);
        return await File.ReadAllTextAsync(copy);
    }

    /// <summary>What the containers said. Compose clears the terminal's line before each, whatever it is told.</summary>
    public async Task<string> LogsAsync() =>
        (await DockerCommand.TryAsync(All(["logs", "--no-color", "--timestamps"]))).Output.Replace("\u001b[2K", string.Empty, StringComparison.Ordinal);

    public Task DownAsync() => DockerCommand.TryAsync(All(["down", "--volumes", "--timeout", "5", "--remove-orphans"]));

    /// <summary>Waits until every container of a service that has a health check is healthy.</summary>
    public Task HealthyAsync(string service) => Eventually.True(async () =>
    {
        var containers = await ContainersAsync(service);
        if (containers.Count == 0)
        {
            return false;
        }

        var states = Lines(await DockerCommand.RunAsync(
            ["inspect", "--format", "{{if .State.Health}}{{.State.Health.Status}}{{else}}{{.State.Status}}{{end}}", .. containers]));
        return states.All(state => state is "healthy" or "running");
    }, TimeSpan.FromMinutes(2), $"{service} is healthy");

    private IEnumerable<string> All(IEnumerable<string> arguments) =>
        ["compose", "--ansi", "never", "-p", name, .. Files, "--profile", "two-gateways", "--profile", "walkthrough", .. arguments];

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
