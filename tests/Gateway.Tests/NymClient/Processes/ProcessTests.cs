using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.NymClient.Processes;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.NymClient.Processes;

/// <summary>Real processes, started by the Gateway's own exec mode.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingLoggerProvider _logs = new();
    private readonly LoggerFactory _loggers;
    private readonly TestMeters _meters = new();

    public ProcessTests() => _loggers = new LoggerFactory([_logs]);

    [Fact]
    public async Task Start_Program_IsInASessionOfItsOwnAndOnFile()
    {
        using var process = NymClientProcess.Start(["/bin/bash", "-c", "cut -d' ' -f1,5,6 /proc/$$/stat; grep SigBlk /proc/$$/status; readlink /proc/$$/fd/0"], _folder.File("pid"));
        var lines = await LinesAsync(process).Within();

        Assert.Equal($"{process.Identity.Pid} {process.Identity.Pid} {process.Identity.Pid}", lines[0]);
        Assert.Equal("/dev/null", lines[2]);
        Assert.Equal(0, await process.Exited.Within());
        var recorded = ProcessIdentity.FromBytes(File.ReadAllBytes(_folder.File("pid")));
        Assert.Equal(process.Identity, recorded);
        Assert.False(recorded!.IsAlive);
    }

    [Fact]
    public async Task Start_HandsOnTheEnvironment_ButNotHowTheGatewaysMemoryIsHandedOut()
    {
        // Of this process, as the images set them for the Gateway's; no other test looks at them.
        Environment.SetEnvironmentVariable("MALLOC_ARENA_MAX", "1");
        Environment.SetEnvironmentVariable("MALLOC_MMAP_THRESHOLD_", "65536");
        Environment.SetEnvironmentVariable("NYM_TEST_HANDED_ON", "yes");
        using var process = NymClientProcess.Start(["/bin/bash", "-c", "echo \"${MALLOC_ARENA_MAX-none} ${MALLOC_MMAP_THRESHOLD_-none} ${NYM_TEST_HANDED_ON-none}\""], null);
        Environment.SetEnvironmentVariable("MALLOC_ARENA_MAX", null);
        Environment.SetEnvironmentVariable("MALLOC_MMAP_THRESHOLD_", null);
        Environment.SetEnvironmentVariable("NYM_TEST_HANDED_ON", null);

        Assert.Equal(["none none yes"], await LinesAsync(process).Within());
    }

    [Fact]
    public async Task Start_NoSuchProgram_EndsWithItsOwnExitCode()
    {
        using var process = NymClientProcess.Start([_folder.File("missing")], null);

        Assert.Equal(ExecMode.NotExecuted, await process.Exited.Within());
    }

    [Fact]
    public async Task Log_MuchOutput_IsReadWhole()
    {
        using var process = NymClientProcess.Start(["/bin/bash", "-c", "for ((i=0; i<100000; i++)); do echo \"line $i of much output\"; done >&2; printf end"], null);

        var lines = await LinesAsync(process).Within(TimeSpan.FromMinutes(1));

        Assert.Equal(100_001, lines.Count);
        Assert.Equal("line 99999 of much output", lines[^2]);
        Assert.Equal("end", lines[^1]);
    }

    [Fact]
    public async Task Adopt_ProcessOfAnEarlierGateway_IsReadWhereThatOneStopped()
    {
        using var first = NymClientProcess.Start(
            ["/bin/bash", "-c", "trap 'echo interrupted; exit 0' INT; for ((i=0; i<5000; i++)); do echo \"a line that is long enough to be given back $i\"; done; while :; do sleep 0.05; done"], null);
        await foreach (string line in first.Log!.ReadLinesAsync(first.Exited, TimeProvider.System, CancellationToken.None))
        {
            if (line.EndsWith(" 4999", StringComparison.Ordinal))
            {
                break;
            }
        }

        using var second = NymClientProcess.Adopt(first.Identity, TimeProvider.System);
        Assert.NotNull(second.Log);
        second.Interrupt();
        var lines = await LinesAsync(second).Within();

        Assert.Null(await second.Exited.Within());
        Assert.Equal("interrupted", lines[^1]);
        Assert.True(lines.Count < 3_000, "what was read is given back");
    }

    [Fact]
    public async Task Stop_LeavesAtOnce_GetsOneSigint()
    {
        using var script = new ScriptedNymClient("trap 'echo int >> $here/signals; exit 0' INT; echo up >> $here/up; while :; do sleep 0.05; done");
        await StopAsync(script);

        Assert.Equal(["int"], script.Lines("signals"));
        Assert.DoesNotContain(_logs.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Stop_FirstSigintInVain_GetsASecondOne()
    {
        using var script = new ScriptedNymClient(
            "trap 'echo int >> $here/signals; n=$((n+1)); [ $n -ge 2 ] && exit 0' INT; echo up >> $here/up; while :; do sleep 0.05; done");
        await StopAsync(script);

        Assert.Equal(["int", "int"], script.Lines("signals"));
        _logs.AssertNoErrors();
    }

    [Fact]
    public async Task Stop_BothInVain_IsKilled()
    {
        using var script = new ScriptedNymClient("trap '' INT; echo up >> $here/up; while :; do sleep 0.05; done");
        int? exitCode = await StopAsync(script);

        Assert.Equal(137, exitCode);
        Assert.Single(_logs.Entries, entry => entry.Level == LogLevel.Error);
    }

    [Fact]
    public async Task Output_LinesWithSecrets_AreCountedAndNotPassedOn()
    {
        using var process = NymClientProcess.Start(
            ["/bin/bash", "-c", "echo '2026-01-01T00:00:00Z  WARN x: CANARY1 no surbs'; echo 'Failed to bind to CANARY2'; echo 'The address of this client is: CANARY3'; echo CANARY4"], null);
        var output = new ProcessOutput(process, new NymClientMetrics(_meters, TimeProvider.System), TimeProvider.System, _loggers.CreateLogger("test"));

        await output.ReadAsync(() => { }).Within();

        Assert.True(output.SocketOpen.IsCompleted);
        Assert.True(output.Signs.PortInUse);
        Assert.Equal(1, _meters["log.lines warn"]);
        Assert.Equal(3, _meters["log.lines none"]);
        Assert.DoesNotContain("CANARY", _logs.Text + _meters.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Exists_ListenerOfThisProcess_IsSeenWithoutTouchingIt()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;

        Assert.True(ListeningSocket.Exists(port));
        Assert.True(ListeningSocket.IsHeldBy(Environment.ProcessId, port));
        Assert.False(ListeningSocket.IsHeldBy(1, port));
        Assert.False(listener.Pending());
        listener.Stop();
        Assert.False(ListeningSocket.Exists(port));
    }

    [Fact]
    public void Of_ThisProcess_IsAliveAndAnotherStartIsNot()
    {
        var self = ProcessIdentity.Of(Environment.ProcessId)!;

        Assert.True(self.IsAlive);
        Assert.False((self with { Started = self.Started + 1 }).IsAlive);
        Assert.False((self with { Boot = "another" }).IsAlive);
        Assert.Equal(self, ProcessIdentity.FromBytes(self.ToBytes()));
        Assert.Null(ProcessIdentity.FromBytes("1 2 3"u8));
        Assert.Null(ProcessIdentity.FromBytes("x"u8));
    }

    [Theory]
    [InlineData("nym-client run --id node --port 1977", true)]
    [InlineData("/bin/bash /x/nym-client run --port 1 --id node", true)]
    [InlineData("nym-client run --id other", false)]
    [InlineData("nym-client init --id node", false)]
    [InlineData("nym-client run --id", false)]
    [InlineData("vim", false)]
    public void IsRun_Arguments_AreOfThisId(string line, bool expected) =>
        Assert.Equal(expected, new NymClientCommand(new NymClientOptions { Id = "node" }).IsRun(line.Split(' ')));

    [Fact]
    public void Validate_ProgramThatIsNotThere_IsOneClearLine()
    {
        var check = new NymClientOptionsCheck();

        Assert.Contains("NymClient__Binary", check.Validate(null, new NymClientOptions { Binary = "no-such-nym-client" }).FailureMessage, StringComparison.Ordinal);
        Assert.True(check.Validate(null, new NymClientOptions { Binary = "bash" }).Succeeded);
        Assert.True(check.Validate(null, new NymClientOptions { Binary = "no-such-nym-client", Managed = false }).Succeeded);
    }

    public void Dispose()
    {
        _loggers.Dispose();
        _meters.Dispose();
        _folder.Dispose();
    }

    private static async Task<List<string>> LinesAsync(NymClientProcess process)
    {
        var lines = new List<string>();
        await foreach (string line in process.Log!.ReadLinesAsync(process.Exited, TimeProvider.System, CancellationToken.None))
        {
            lines.Add(line);
        }

        return lines;
    }

    private async Task<int?> StopAsync(ScriptedNymClient script)
    {
        var options = Options.Create(new NymClientOptions { StopPatience = TimeSpan.FromSeconds(1), KillPatience = TimeSpan.FromSeconds(1) });
        using var process = NymClientProcess.Start([script.Path, "run"], null);
        await Eventually.True(() => script.Lines("up").Count == 1);
        await new ProcessStop(options, TimeProvider.System, _loggers.CreateLogger<ProcessStop>()).RunAsync(process).Within();
        return await process.Exited.Within();
    }
}
