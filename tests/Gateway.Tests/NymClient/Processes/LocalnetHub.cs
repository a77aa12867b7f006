using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.NymClient.Processes;

/// <summary>A hub of Localnet's as a real process, and a home for the clients that join it.</summary>
public sealed class LocalnetHub : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly string? _formerHome = Environment.GetEnvironmentVariable("HOME");
    private Process? _hub;
    private string _endpoint = "";

    /// <summary>The program that stands in for nym-client.</summary>
    public static string Program { get; } = Path.ChangeExtension(
        typeof(LocalnetHub).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Localnet").Value!, null);

    /// <summary>What makes a client join this hub.</summary>
    public string RunArguments => $"--hub {_endpoint}";

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Changes what goes wrong.</summary>
    public async Task FaultsAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Program, ["faults", "--hub", _endpoint, .. arguments]))!;
        await process.WaitForExitAsync().Within(TimeSpan.FromSeconds(60));
        Assert.Equal(0, process.ExitCode);
    }

    public async Task InitializeAsync()
    {
        Environment.SetEnvironmentVariable("HOME", _home.Path);
        _hub = Process.Start(new ProcessStartInfo(Program, ["hub", "--listen", "127.0.0.1:0"]) { RedirectStandardOutput = true })!;
        string? line = await _hub.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
        _endpoint = line!.Split(' ')[^1];
    }

    public async Task DisposeAsync()
    {
        Environment.SetEnvironmentVariable("HOME", _formerHome);
        _hub!.Kill(entireProcessTree: true);
        await _hub.WaitForExitAsync();
    }

    public void Dispose()
    {
        _hub?.Dispose();
        _home.Dispose();
    }
}
