using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using NymDirectory.Hosting.Listening;

namespace NymDirectory.Hosting.Health;

/// <summary>
/// <c>--health</c>: asks the running service on this machine whether it is ready. Runs before any host is built and speaks HTTP/1.1
/// by hand, since an orchestrator calls it every few seconds and a host would cost half a second of CPU each time.
/// </summary>
internal static class HealthProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    internal static async Task<int> RunAsync(ServiceDescription service, string[] args)
    {
        var configured = new ConfigurationBuilder()
            .AddEnvironmentVariables()
            .AddCommandLine([.. args.Where(argument => argument != "--health")])
            .Build()["Health:Url"];
        try
        {
            var url = ListenUrl.Parse(configured ?? service.DefaultHealthUrl, "Health:Url");
            using var timeout = new CancellationTokenSource(Patience);
            var status = await AskAsync(url, timeout.Token);
            await Console.Out.WriteLineAsync(status);
            return status.Contains(" 200 ", StringComparison.Ordinal) ? 0 : 1;
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException or InvalidConfigurationException)
        {
            await Console.Error.WriteLineAsync($"{service.Name}: no answer from its health address: {e.Message}");
            return 1;
        }
    }

    private static async Task<string> AskAsync(ListenUrl url, CancellationToken cancellationToken)
    {
        // A service that listens on every address is asked on this machine's own.
        var host = IPAddress.TryParse(url.Host.Trim('[', ']'), out var ip) && !ip.Equals(IPAddress.Any) && !ip.Equals(IPAddress.IPv6Any)
            ? ip
            : IPAddress.Loopback;
        using var socket = new TcpClient(host.AddressFamily);
        await socket.ConnectAsync(host, url.Port, cancellationToken);
        var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"GET {HealthEndpoints.ReadyPath} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), cancellationToken);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadLineAsync(cancellationToken) ?? "no answer";
    }
}
