using System.Globalization;
using System.Text.RegularExpressions;
using NymDirectory.EndToEnd.Harness;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Users;

/// <summary>A user's own nym-client: Localnet in a process of its own, with new tags at each start, as nymCHAT's are.</summary>
internal sealed partial class UserNymClient : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private static int _count;

    private readonly UserProgram _process;
    private bool _disposed;

    private UserNymClient(UserProgram process, string id, Uri endpoint) => (_process, Id, Endpoint) = (process, id, endpoint);

    /// <summary>Its id, by which <c>faults --client</c> knows it.</summary>
    public string Id { get; }

    public Uri Endpoint { get; }

    public static async Task<UserNymClient> StartAsync(ReachableNode node)
    {
        var id = $"user-{Interlocked.Increment(ref _count)}";
        Directory.CreateDirectory(node.UsersFolder);
        var environment = new Dictionary<string, string>(node.UsersMark) { ["HOME"] = node.UsersFolder, ["NYM_LOCALNET_HUB"] = node.HubAddress };
        using (var init = UserProgram.Start(node.Programs.Localnet, ["init", "--id", id], environment, line => node.Output.Add(id, line)))
        {
            await init.Ended.Within(StartPatience);
            Assert.True(init.ExitCode == 0, $"init of {id}: exit code {init.ExitCode}");
        }

        var port = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = UserProgram.Start(node.Programs.Localnet, ["run", "--id", id, "--port", "0"], environment, line =>
        {
            node.Output.Add(id, line);
            if (Listening().Match(line) is { Success: true } match)
            {
                port.TrySetResult(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
            }
        });
        await Task.WhenAny(port.Task, process.Ended).Within(StartPatience);
        Assert.True(port.Task.IsCompleted, $"nym-client of {id} ended by itself");
        return new UserNymClient(process, id, new Uri($"ws://127.0.0.1:{await port.Task}/"));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            await _process.KillAsync();
            _process.Dispose();
        }
    }

    [GeneratedRegex(@"Running websocket on [^\s]*:(\d+)")]
    private static partial Regex Listening();
}
