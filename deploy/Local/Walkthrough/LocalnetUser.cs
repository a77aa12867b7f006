using System.Net;
using System.Net.Sockets;
using NymDirectory.Local.Node;
using NymDirectory.Local.Processes;

namespace NymDirectory.Local.Walkthrough;

/// <summary>The stand-in nym-client of one user on the local mixnet.</summary>
internal sealed record LocalnetUser(NodeProcess Process, Uri Endpoint)
{
    // What nym-client logs shortly after its socket opened. Its port must not be probed.
    private const string OpenLine = "The address of this client is";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    internal static async Task<LocalnetUser> StartAsync(string id, NodeAccess node, ServicePrograms programs, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, string>
        {
            ["HOME"] = node.UsersHome,
            ["NYM_LOCALNET_HUB"] = node.Hub,
        };
        var port = FreePort();
        await using (var init = NodeProcess.Start(id, programs.Gateway, [programs.Localnet, "init", "--id", id, "--port", $"{port}"], variables, (_, _) => { }))
        {
            await init.Ended.WaitAsync(Patience, cancellationToken);
            if (init.ExitCode != 0)
            {
                throw new LocalException($"a user's client could not be made: {init.LastLines.LastOrDefault()}");
            }
        }

        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = NodeProcess.Start(
            id,
            programs.Gateway,
            [programs.Localnet, "run", "--id", id, "--port", $"{port}"],
            variables,
            (_, line) =>
            {
                if (line.Contains(OpenLine, StringComparison.Ordinal))
                {
                    open.TrySetResult();
                }
            });
        await open.Task.WaitAsync(Patience, cancellationToken);
        return new LocalnetUser(run, new Uri($"ws://127.0.0.1:{port}/"));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
