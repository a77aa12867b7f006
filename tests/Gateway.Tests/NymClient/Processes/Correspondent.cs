using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using NymDirectory.Gateway.NymClient.Processes;
using NymDirectory.Mixnet;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.NymClient.Processes;

/// <summary>Somebody who writes to the node: another Localnet client, over its own websocket.</summary>
internal sealed class Correspondent : IAsyncDisposable
{
    private readonly Channel<ReceivedResponse> _received = Channel.CreateUnbounded<ReceivedResponse>();
    private readonly Process _client;
    private NymClientSession _session = null!;

    private Correspondent(Process client) => _client = client;

    public static async Task<Correspondent> StartAsync(LocalnetHub hub)
    {
        int port = LocalnetHub.FreePort();
        string[] common = ["--id", $"c{port}", "--port", $"{port}"];
        using var init = Start(["init", .. common]);
        await init.WaitForExitAsync();
        var correspondent = new Correspondent(Start(["run", .. common, .. hub.RunArguments.Split(' ')]));
        await Eventually.True(() => ListeningSocket.Exists(port), TimeSpan.FromSeconds(90));
        var options = new NymClientSessionOptions { OnReceived = message => correspondent._received.Writer.TryWrite(message) };
        correspondent._session = await NymClientSession.ConnectAsync(
            new Uri($"ws://127.0.0.1:{port}/"), options, NullLogger.Instance, TimeProvider.System, CancellationToken.None);
        return correspondent;
    }

    /// <summary>Writes with enough SURBs to be answered at once.</summary>
    public Task WriteAsync(NymAddress to, byte[] message) =>
        _session.RequestAsync(new SendAnonymousRequest(to, message, 20, 1), CancellationToken.None).Within();

    public async Task<byte[]> ReadAsync() => (await _received.Reader.ReadAsync().AsTask().Within()).Message.ToArray();

    public async ValueTask DisposeAsync()
    {
        _client.Kill(entireProcessTree: true);
        await _client.WaitForExitAsync();
        await _session.DisposeAsync();
        _client.Dispose();
    }

    private static Process Start(string[] arguments) => Process.Start(new ProcessStartInfo(LocalnetHub.Program, arguments))!;
}
