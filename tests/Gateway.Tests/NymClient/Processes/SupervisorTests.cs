using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.NymClient.Configuration;
using NymDirectory.Gateway.NymClient.Processes;
using NymDirectory.Hosting.Commands;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.NymClient.Processes;

/// <summary>nym-client as a process of ours: Localnet where it has to be faithful, a few lines of shell where it must not be.</summary>
public sealed class SupervisorTests(LocalnetHub hub) : IClassFixture<LocalnetHub>, IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(90);

    private readonly TemporaryFolder _folder = new();
    private readonly string _id = "t" + Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6));
    private readonly int _port = LocalnetHub.FreePort();

    [Fact]
    public async Task StartStopStart_FlushSeen_TheRunAndItsReplyBlocksGoOn()
    {
        await using var user = await Correspondent.StartAsync(hub);
        var node = await StartAsync();
        var address = node.Status.Address!;
        InboundMessage message;
        await using (node)
        {
            await user.WriteAsync(address, "hello"u8.ToArray());
            await Eventually.True(() => node.Intake.Depth == 1);
            message = await node.Intake.ReadAllAsync(CancellationToken.None).FirstAsync();
            await node.StopAsync();
            node.Logs.AssertNoErrors();
            Assert.Contains(node.Logs.Entries, entry => entry.Message.Contains("reply blocks are kept", StringComparison.Ordinal));
        }

        await using var again = await StartAsync();
        Assert.Equal(message.Run, again.Status.Run);
        Assert.Equal(address, again.Status.Address);
        var fate = again.Outbox.TryPostDelivery(new OutboundReply(message.Tag!.Value, message.Run, "back"u8.ToArray()))!;
        Assert.Equal(ReplyFate.Taken, await fate.Within());
        Assert.Equal("back"u8.ToArray(), await user.ReadAsync());
        await again.StopAsync();
        Assert.DoesNotContain(address.ToBase58(), node.Logs.Text + again.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NymClientKilled_IsStartedAgainInANewRun()
    {
        await using var node = await StartAsync();
        var run = node.Status.Run;

        Kill(Recorded().Pid);

        // The run changes when its end is seen, the link notices by itself and the log comes last: each for itself proves nothing.
        bool SaysSo() => node.Logs.Entries.Any(entry => entry.Message.Contains(nameof(ProcessEnd.Crashed), StringComparison.Ordinal));
        await Eventually.True(() => node.Status.Run != run && SaysSo() && node.Status.Ready, Long);
    }

    [Fact]
    public async Task NymClientInterruptedByAnother_ComesBackInTheSameRun()
    {
        await using var node = await StartAsync();
        var (run, pid) = (node.Status.Run, Recorded().Pid);

        Libc.Signal(pid, Libc.SigInt);

        await Eventually.True(() => node.Status.Ready && Recorded().Pid != pid, Long);
        Assert.Equal(run, node.Status.Run);
    }

    [Fact]
    public async Task GatewayKilled_NextOneAdoptsTheProcessAndTheRun()
    {
        using var gateway = StartGateway();
        await Eventually.True(() => File.Exists(_folder.File("nym_address.txt")), Long);
        var before = Recorded();
        gateway.Kill(entireProcessTree: false);
        await gateway.WaitForExitAsync().Within();
        Assert.True(before.IsAlive);

        await using var node = await StartAsync();

        Assert.Equal(before, Recorded());
        Assert.Contains(node.Logs.Entries, entry => entry.Message.Contains("is taken up", StringComparison.Ordinal));
        Assert.DoesNotContain(node.Logs.Entries, entry => entry.Message.Contains("new nym-client run", StringComparison.Ordinal));
        await node.StopAsync();
        Assert.False(before.IsAlive);
        Assert.Contains(node.Logs.Entries, entry => entry.Message.Contains("reply blocks are kept", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_ConfigurationOfAnOperator_IsCompletedAndOtherwiseLeftAsItIs()
    {
        await using (var node = await StartAsync())
        {
            await node.StopAsync();
        }

        string file = Path.Combine(ClientFolder, "config", "config.toml");
        string complete = await File.ReadAllTextAsync(file);
        Assert.Contains($"[debug.reply_surbs]\n{ReplySurbSection.Buffer} = 5\n{ReplySurbSection.Threshold} = 10\n", complete, StringComparison.Ordinal);

        // nym-client wrote it anew after an update, and the operator added a word.
        string renewed = "# mine: leave it\n" + complete[..complete.IndexOf("\n[debug.reply_surbs]", StringComparison.Ordinal)];
        await File.WriteAllTextAsync(file, renewed);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        await using var again = await StartAsync();

        Assert.Equal("# mine: leave it\n" + complete, await File.ReadAllTextAsync(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(file));
        Assert.Single(again.Logs.Entries, entry => entry.Message.Contains("was completed", StringComparison.Ordinal));
        await again.StopAsync();
    }

    [Fact]
    public async Task Start_ConfigurationNobodyUnderstands_IsLeftAloneAndStarted()
    {
        using var script = new ScriptedNymClient("exit 3");
        Directory.CreateDirectory(Path.Combine(ClientFolder, "config"));
        string file = Path.Combine(ClientFolder, "config", "config.toml");
        await File.WriteAllTextAsync(file, "[client\n");
        await using var node = await ScriptedAsync(script);

        await Eventually.True(() => script.Starts.Count >= 1, Long);

        Assert.Equal("[client\n", await File.ReadAllTextAsync(file));
        Assert.Contains(node.Logs.Entries, entry => entry.Message.Contains("left as it is (not understood)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PlannedRestart_TrafficGoesOn_NothingIsLostAndTheRunGoesOn()
    {
        const int Count = 60;
        await using var user = await Correspondent.StartAsync(hub);
        await using var node = await StartAsync(("NymClient:RestartAfterMessages", "20"), ("NymClient:SettleTime", "00:00:01"));
        var (run, first) = (node.Status.Run, Recorded());

        // As slow as the real one, so that there is something in it to lose.
        await hub.FaultsAsync("--client", _id, "--packets-per-second", "50");
        var answering = AnswerAllAsync(node, Count);

        // One after the other, so that some are on their way whenever the restart comes.
        var sent = new List<int>();
        for (int number = 0; number < Count; number++)
        {
            await user.WriteAsync(node.Status.Address!, [(byte)number]);
            sent.Add(number);
            await Task.Yield();
        }

        var received = new HashSet<int>();
        while (received.Count < Count)
        {
            received.Add((await user.ReadAsync().WaitAsync(Long))[0]);
        }

        await answering.Within();
        Assert.Equal(sent, received.Order());
        await Eventually.True(() => Recorded() != first && node.Status.Ready, Long);
        Assert.Equal(run, node.Status.Run);
        Assert.Contains(node.Logs.Entries, entry => entry.Message.Contains("restarted as planned", StringComparison.Ordinal));
        Assert.DoesNotContain(node.Logs.Entries, entry => entry.Message.Contains("next start in", StringComparison.Ordinal));
        await node.StopAsync();
        node.Logs.AssertNoErrors();
    }

    [Fact]
    public async Task Stop_FlushCutOffAfterTenSeconds_RoutesAreDead()
    {
        await using var user = await Correspondent.StartAsync(hub);
        await using var node = await StartAsync();
        var run = node.Status.Run;
        await user.WriteAsync(node.Status.Address!, "hello"u8.ToArray());
        await Eventually.True(() => node.Intake.Depth == 1);
        await hub.FaultsAsync("--client", _id, "--flush-row", "11s");

        await node.StopAsync();

        Assert.NotEqual(run, node.Status.Run);
        Assert.Contains(node.Logs.Entries, entry => entry.Message.Contains("did not save its reply blocks in time", StringComparison.Ordinal));
        Assert.DoesNotContain(node.Logs.Entries, entry => entry.Message.Contains("second SIGINT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NoReplyBlocks_OfATag_TheMessageIsNotTaken()
    {
        await using var node = await StartAsync();
        var stranger = node.Sealer.Seal(Mixnet.SenderTag.FromBytes(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16)));

        var fate = node.Outbox.TryPostDelivery(new OutboundReply(stranger, node.Status.Run!.Value, "nobody gets this"u8.ToArray()))!;

        Assert.Equal(ReplyFate.Unsent, await fate.Within());
        await node.StopAsync();
    }

    [Fact]
    public async Task Footprint_OfARunningNymClient_IsMeasured()
    {
        await using var user = await Correspondent.StartAsync(hub);
        await using var node = await StartAsync();
        Assert.InRange(node.Gauge("nym_client.memory"), 1_000_000, 2_000_000_000);
        await user.WriteAsync(node.Status.Address!, "hello"u8.ToArray());
        await Eventually.True(() => node.Intake.Depth == 1);
        await node.StopAsync();
        File.WriteAllBytes(Path.Combine(ClientFolder, "data", "persistent_reply_store.sqlite._1700000000.corrupted"), new byte[1234]);

        Assert.Equal(0, node.Gauge("nym_client.memory"));
        Assert.InRange(node.Gauge("nym_client.store.size current"), 1, 1_000_000);
        Assert.Equal(1234, node.Gauge("nym_client.store.size archived"));
    }

    [Fact]
    public async Task PortTaken_IsLeftAloneAndNothingIsStarted()
    {
        using var listener = new TcpListener(IPAddress.Loopback, _port);
        listener.Start();
        using var script = new ScriptedNymClient("exit 1");
        await using var node = await ScriptedAsync(script);

        await Eventually.True(() => node.Logs.Entries.Count(entry => entry.Message.Contains("Another program listens", StringComparison.Ordinal)) >= 2);

        Assert.False(listener.Pending());
        Assert.Empty(script.Starts);
        Assert.False(node.Status.Ready);
    }

    [Fact]
    public async Task Crashing_AgainAndAgain_IsStartedAgainWithPauses()
    {
        using var script = new ScriptedNymClient("exit 3");
        await using var node = await ScriptedAsync(script);

        await Eventually.True(() => script.Starts.Count(start => start == "run") >= 3, Long);

        Assert.Equal(["init", "run", "run", "run"], script.Starts.Take(4));
        Assert.Contains(node.Logs.Entries, entry => entry.Level == LogLevel.Warning && entry.Message.Contains("StartFailed, exit code 3", StringComparison.Ordinal));
        node.Logs.AssertNoErrors();
    }

    [Fact]
    public async Task InitFailing_IsTriedAgainAndNothingIsRun()
    {
        using var script = new ScriptedNymClient("exit 3");
        File.WriteAllText(Path.Combine(script.Folder, "no-init"), "");
        await using var node = await ScriptedAsync(script);
        await Eventually.True(() => script.Starts.Count >= 2, Long);
        Assert.DoesNotContain("run", script.Starts);

        File.Delete(Path.Combine(script.Folder, "no-init"));

        await Eventually.True(() => script.Starts.Contains("run"), Long);
        Assert.False(File.Exists(_folder.File("nym_client.initialising")));
    }

    [Fact]
    public async Task InitBrokenOff_IsDoneAgain()
    {
        using var script = new ScriptedNymClient("exit 3");
        Directory.CreateDirectory(Path.Combine(Environment.GetEnvironmentVariable("HOME")!, ".nym", "clients", _id));
        File.WriteAllText(_folder.File("nym_client.initialising"), "");
        await using var node = await ScriptedAsync(script);

        await Eventually.True(() => script.Starts.Count >= 3, Long);

        Assert.Equal(["init", "run", "run"], script.Starts.Take(3));
    }

    [Fact]
    public async Task LeftOverThatAcceptsNoConnection_IsStoppedBySigint()
    {
        using var listener = new TcpListener(IPAddress.Loopback, _port);
        using var script = new ScriptedNymClient("trap 'echo int >> $here/signals; exit 0' INT; while :; do sleep 0.05; done");
        using var leftOver = NymClientProcess.Start([script.Path, "run", "--id", _id], Path.Combine(_folder.Path, "nym_client.pid"));
        await Eventually.True(() => script.Starts.Count == 1);

        // Somebody listens and never answers the handshake: that is what a stuck nym-client looks like.
        listener.Start();
        await using var node = await ScriptedAsync(script);
        await leftOver.Exited.Within(Long);

        Assert.Equal(["int"], script.Lines("signals"));
        await Eventually.True(() => node.Logs.Entries.Any(entry => entry.Message.Contains(nameof(ProcessEnd.NotAdoptable), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task SecondGateway_SameDataDirectory_IsRefused()
    {
        using var script = new ScriptedNymClient("exit 3");
        await using var first = await ScriptedAsync(script);

        var refused = await Assert.ThrowsAsync<NymDirectory.Hosting.InvalidConfigurationException>(() => ScriptedAsync(script));

        Assert.Contains("Gateway__DataDirectory", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill(entireProcessTree: false);
    }

    private (string Key, string Value)[] Settings(string program, string runArguments) =>
    [
        ("NymClient:Binary", program), ("NymClient:Id", _id), ("NymClient:Port", $"{_port}"), ("NymClient:RunArguments", runArguments),
        ("NymClient:FirstPause", "00:00:00.050"), ("NymClient:LongestPause", "00:00:00.500"), ("NymClient:AdoptionPatience", "00:00:02"),
    ];

    private static async Task AnswerAllAsync(TestNode node, int count)
    {
        await foreach (var message in node.Intake.ReadAllAsync(CancellationToken.None))
        {
            while (await node.Outbox.TryPostDelivery(new OutboundReply(message.Tag!.Value, message.Run, message.Message))! != ReplyFate.Taken)
            {
                await node.ReadyAsync();
            }

            if (--count == 0)
            {
                return;
            }
        }
    }

    private string ClientFolder => Path.Combine(Environment.GetEnvironmentVariable("HOME")!, ".nym", "clients", _id);

    private async Task<TestNode> StartAsync(params (string Key, string Value)[] further)
    {
        var node = await TestNode.StartAsync(_folder.Path, null, [.. Settings(LocalnetHub.Program, hub.RunArguments), .. further]);
        await Eventually.True(() => node.Status.Ready, Long);
        return node;
    }

    private Task<TestNode> ScriptedAsync(ScriptedNymClient script) => TestNode.StartAsync(_folder.Path, null, Settings(script.Path, ""));

    private ProcessIdentity Recorded() => ProcessIdentity.FromBytes(File.ReadAllBytes(_folder.File("nym_client.pid")))!;

    /// <summary>The whole Gateway, as a process that can be killed.</summary>
    private Process StartGateway()
    {
        var (fileName, arguments) = OwnCommand.Of(typeof(NymClientProcess).Assembly);
        var settings = Settings(LocalnetHub.Program, hub.RunArguments).Append((GatewayFiles.Key, _folder.Path)).Append(("Health:Url", "http://127.0.0.1:0"));
        string[] options = ["--urls=http://127.0.0.1:0", .. settings.Select(setting => $"--{setting.Item1}={setting.Item2}")];
        return Process.Start(new ProcessStartInfo(fileName, [.. arguments, .. options]))!;
    }
}
