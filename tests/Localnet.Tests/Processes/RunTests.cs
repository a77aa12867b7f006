using System.Net;
using System.Net.Sockets;
using System.Text;
using NymDirectory.Localnet.Tests.Rig;
using NymDirectory.Mixnet;
using NymDirectory.TestKit;

namespace NymDirectory.Localnet.Tests.Processes;

public sealed class RunTests : IAsyncLifetime, IDisposable
{
    private const int Aborted = 134;

    private readonly TemporaryFolder _home = new();
    private LocalnetProcess _hubProcess = null!;
    private string _hub = "";

    public async Task InitializeAsync()
    {
        _hubProcess = LocalnetProcess.Start(_home.Path, "127.0.0.1:0", "hub");
        _hub = await _hubProcess.HubAsync();
        Assert.Equal(0, (await LocalnetProcess.RunAsync(_home.Path, "init", "--id", "a")).ExitCode);
    }

    public async Task DisposeAsync() => await _hubProcess.DisposeAsync();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Run_Interrupted_FlushesAndTheNextRunHasEverything()
    {
        SenderTag tag;
        await using (var first = Run())
        {
            tag = await StockAsync(await first.EndpointAsync());
            first.Signal(LocalnetProcess.Interrupt);
            Assert.Equal(0, await first.ExitAsync());
            Assert.Contains("Data flush is complete", first.Errors, StringComparison.Ordinal);
            Assert.Contains("NOT ANONYMOUS", first.Errors, StringComparison.Ordinal);
        }

        await using var second = Run();
        await using var application = await Application.ConnectAsync(await second.EndpointAsync());
        await application.SendAsync(new ReplyRequest(tag, "still here"u8.ToArray(), 1));
        var answers = new[] { (await application.ReadAsync()).Response, (await application.ReadAsync()).Response };
        Assert.Equal("still here", Encoding.UTF8.GetString(Assert.Single(answers.OfType<ReceivedResponse>()).Message.Span));
        Assert.DoesNotContain("ERROR", second.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LocalnetProcess.Terminate)]
    [InlineData(9)]
    public async Task Run_EndedByAnotherSignal_PurgesAtTheNextStart(int signal)
    {
        await using (var first = Run())
        {
            await first.EndpointAsync();
            first.Signal(LocalnetProcess.Interrupt);
            await first.ExitAsync();
        }

        SenderTag tag;
        await using (var second = Run())
        {
            tag = await StockAsync(await second.EndpointAsync());
            second.Signal(signal);
            await second.ExitAsync();
            Assert.DoesNotContain("Data flush", second.Errors, StringComparison.Ordinal);
        }

        await using var third = Run();
        await using var application = await Application.ConnectAsync(await third.EndpointAsync());
        Assert.Contains("hasn't undergone a graceful shutdown", third.Errors, StringComparison.Ordinal);
        Assert.Contains("Creating fresh surb database", third.Errors, StringComparison.Ordinal);
        await application.SendAsync(new ReplyRequest(tag, "nobody"u8.ToArray(), 1));
        await application.ReadAsync<LaneQueueLengthResponse>();
        await Eventually.True(() => third.Errors.Contains("don't have any surbs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_InterruptedTwice_DoesNotFinishTheFlush()
    {
        Assert.Equal(0, (await LocalnetProcess.RunAsync(_home.Path, "faults", "--hub", _hub, "--flush-row", "1h")).ExitCode);
        await using var client = Run();
        await StockAsync(await client.EndpointAsync());

        client.Signal(LocalnetProcess.Interrupt);
        await Eventually.True(() => client.Errors.Contains("flushing all reply-related data", StringComparison.Ordinal));
        client.Signal(LocalnetProcess.Interrupt);

        await client.ExitAsync();
        Assert.DoesNotContain("Data flush is complete", client.Errors, StringComparison.Ordinal);
        await using var next = Run();
        await next.EndpointAsync();
        Assert.Contains("hasn't finished the data flush", next.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StartedWithInterruptsIgnored_StillFlushes()
    {
        await using var client = LocalnetProcess.StartIgnoringInterrupts(_home.Path, _hub, "run", "--id", "a", "--port", "0");
        await client.EndpointAsync();

        client.Signal(LocalnetProcess.Interrupt);

        Assert.Equal(0, await client.ExitAsync());
        Assert.Contains("Data flush is complete", client.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nUpgra")]
    public async Task Run_Probed_Aborts(string sent)
    {
        await using var client = Run();
        using (var probe = new TcpClient())
        {
            await probe.ConnectAsync(await client.EndpointAsync());
            await probe.GetStream().WriteAsync(Encoding.ASCII.GetBytes(sent));
        }

        Assert.Equal(Aborted, await client.ExitAsync());
        Assert.DoesNotContain("Data flush", client.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SecondConnection_IsClosedBeforeTheHandshakeAndHarmless()
    {
        await using var client = Run();
        var endpoint = await client.EndpointAsync();
        await using var application = await Application.ConnectAsync(endpoint);
        using var second = new TcpClient();
        await second.ConnectAsync(endpoint);

        Assert.Equal(0, await second.GetStream().ReadAsync(new byte[1]).AsTask().Within());

        await application.AddressAsync();
        Assert.False(client.HasExited);
    }

    [Fact]
    public async Task Run_PortInUse_ExitsWithOneAndSparesTheStore()
    {
        using var occupied = new TcpListener(IPAddress.Loopback, 0);
        occupied.Start();
        await using var client = Run(((IPEndPoint)occupied.LocalEndpoint).Port);

        Assert.Equal(1, await client.ExitAsync());
        Assert.Contains("error: The websocket cannot listen on", client.Errors, StringComparison.Ordinal);
        await using var next = Run();
        await next.EndpointAsync();
        Assert.DoesNotContain("ERROR", next.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StderrClosed_DiesAtItsNextLine()
    {
        await using var client = Run();
        await using var application = await Application.ConnectAsync(await client.EndpointAsync());
        var address = await application.AddressAsync();

        client.CloseErrors();
        await application.SendAsync(new SendRequest(address, "a line in the log"u8.ToArray(), null));

        Assert.Equal(Aborted, await client.ExitAsync());
    }

    [Fact]
    public async Task Run_KnownButMeaninglessOptions_AreTaken()
    {
        await using var client = LocalnetProcess.Start(
            _home.Path, _hub, "run", "--id", "a", "--port", "0", "--fastmode", "--no-cover", "--nym-apis", "https://example.invalid", "--no-banner");

        await client.EndpointAsync();
        Assert.False(client.HasExited);
    }

    [Fact]
    public async Task Run_HubNotThereYet_WaitsAndSaysSo()
    {
        string port;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).ToString();
        }

        await using var client = LocalnetProcess.Start(_home.Path, port, "run", "--id", "a", "--port", "0");
        await Eventually.True(() => client.Errors.Contains($"no Localnet hub at {port} yet", StringComparison.Ordinal));
        await using var hub = LocalnetProcess.Start(_home.Path, port, "hub");

        await client.EndpointAsync();
        Assert.False(client.HasExited);
    }

    [Fact]
    public async Task Faults_Set_ShowsThem()
    {
        await using var client = Run();
        await client.EndpointAsync();

        var (code, output, _) = await LocalnetProcess.RunAsync(
            _home.Path, "faults", "--hub", _hub, "--client", "a", "--loss", "0.05", "--delay", "300ms", "--packets-per-second", "50");

        Assert.Equal(0, code);
        Assert.Contains("a: loss 0.05, duplicate 0, reorder 0, delay 300ms, jitter 0ms, packets 50/s", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hub_Interrupted_EndsWithZero()
    {
        _hubProcess.Signal(LocalnetProcess.Interrupt);

        Assert.Equal(0, await _hubProcess.ExitAsync());
    }

    [Fact]
    public async Task Hub_PortInUse_ExitsWithOne()
    {
        await using var second = LocalnetProcess.Start(_home.Path, _hub, "hub");

        Assert.Equal(1, await second.ExitAsync());
        Assert.Contains($"error: The hub cannot listen on {_hub}", second.Errors, StringComparison.Ordinal);
    }

    private LocalnetProcess Run(int port = 0) =>
        LocalnetProcess.Start(_home.Path, _hub, "run", "--id", "a", "--port", port.ToString(System.Globalization.CultureInfo.InvariantCulture));

    // The client writes to itself, and so has reply blocks under a tag and their keys, too.
    private static async Task<SenderTag> StockAsync(IPEndPoint endpoint)
    {
        await using var application = await Application.ConnectAsync(endpoint);
        await application.SendAsync(new SendAnonymousRequest(await application.AddressAsync(), "to myself"u8.ToArray(), 20, null));
        return (await application.ReadAsync<ReceivedResponse>()).SenderTag!.Value;
    }
}
