using System.Security.Cryptography;
using NymDirectory.EndToEnd.Harness;
using NymDirectory.TestKit;

namespace NymDirectory.Compose.Harness;

/// <summary>One node in containers for all tests, from building the images to taking everything down.</summary>
public sealed class ComposeNode : IAsyncLifetime, IDisposable
{
    private static readonly string[] Services = ["collector", "hub", "directory", "relay", "gateway"];

    private readonly TemporaryFolder _folder = new();
    private readonly Canaries _canaries = new();
    private GatewayInContainer? _gateway;
    private GatewayInContainer? _secondGateway;

    /// <summary>Names everything after this run, so that a node somebody uses on this machine stays untouched.</summary>
    public ComposeNode() => Project = new ComposeProject($"nymdirectory-test-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3))}", _folder);

    internal ComposeProject Project { get; }

    internal GatewayInContainer Gateway => _gateway ?? throw new InvalidOperationException("The node did not start.");

    internal Canaries Canaries => _canaries;

    internal ReceivedTelemetry Telemetry { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (new ComposeFactAttribute().Skip is not null)
        {
            return;
        }

        try
        {
            await Project.BuildAsync();
            await Project.UpAsync(Services);
            _gateway = await GatewayInContainer.FindAsync(Project, "gateway", _folder.File("users"), _canaries);
            Telemetry = new ReceivedTelemetry(await Project.PortAsync("collector", 4318));
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>The second Gateway, started when a test first asks for it.</summary>
    internal async Task<GatewayInContainer> SecondGatewayAsync()
    {
        if (_secondGateway is null)
        {
            await Project.UpAsync(["gateway-2"], "--no-recreate", "--no-deps");
            _secondGateway = await GatewayInContainer.FindAsync(Project, "gateway-2", _folder.File("users"), _canaries);
        }

        return _secondGateway;
    }

    /// <summary>
    /// Takes everything down. What the containers said is kept in <c>artifacts/compose-logs</c>: whether a test failed, nobody tells a fixture.
    /// </summary>
    public async Task DisposeAsync()
    {
        if (new ComposeFactAttribute().Skip is null)
        {
            var logs = Path.Combine(RepositoryRoot.Path, "artifacts", "compose-logs");
            Directory.CreateDirectory(logs);
            await File.WriteAllTextAsync(Path.Combine(logs, "containers.log"), await Project.LogsAsync());
            await Project.DownAsync();
        }

        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Telemetry?.Dispose();
        _folder.Dispose();
    }
}
