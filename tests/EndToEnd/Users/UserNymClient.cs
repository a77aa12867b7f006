using System.Text.RegularExpressions;
using NymDirectory.EndToEnd.Harness;
using NymDirectory.Local.Processes;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Users;

/// <summary>A user's own nym-client: Localnet in a process of its own, with new tags at each start, as nymCHAT's are.</summary>
internal sealed partial class UserNymClient : IAsyncDisposable
{
    private static int _count;

    private readonly NodeProcess _process;
    private bool _disposed;

    private UserNymClient(NodeProcess process, string id, Uri endpoint) => (_process, Id, Endpoint) = (process, id, endpoint);

    /// <summary>Its id, by which <c>faults --client</c> knows it.</summary>
    public string Id { get; }

    public Uri Endpoint { get; }

    public static async Task<UserNymClient> StartAsync(NodeUnderTest node)
    {
        var id = $"user-{Interlocked.Increment(ref _count)}";
        Directory.CreateDirectory(node.UsersFolder);
        var environment = new Dictionary<string, string>(node.UsersMark) { ["HOME"] = node.UsersFolder, ["NYM_LOCALNET_HUB"] = node.Setup.HubAddress };
        await InitializeAsync(node, id, environment);
        var port = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = NodeProcess.Start(
            id,
            node.Programs.Gateway,
            [node.Programs.Localnet, "run", "--id", id, "--port", "0"],
            environment,
            (name, line) =>
            {
                node.Output.Add(name, line);
                if (Listening().Match(line) is { Success: true } match)
                {
                    port.TrySetResult(int.Parse(match.Groups[1].Value));
                }
            });
        await Task.WhenAny(port.Task, process.Ended).Within();
        Assert.True(port.Task.IsCompleted, $"nym-client of a user ended: {string.Join('\n', process.LastLines)}");
        return new UserNymClient(process, id, new Uri($"ws://127.0.0.1:{await port.Task}/"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        // Nobody needs its reply blocks any more.
        _process.Send(Signal.Kill);
        await _process.Ended.Within();
        await _process.DisposeAsync();
    }

    private static async Task InitializeAsync(NodeUnderTest node, string id, Dictionary<string, string> environment)
    {
        await using var process = NodeProcess.Start(
            id, node.Programs.Gateway, [node.Programs.Localnet, "init", "--id", id], environment, node.Output.Add);
        await process.Ended.Within();
        Assert.True(process.ExitCode == 0, $"init: {string.Join('\n', process.LastLines)}");
    }

    [GeneratedRegex(@"Running websocket on [^\s]*:(\d+)")]
    private static partial Regex Listening();
}
