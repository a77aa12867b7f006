using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using NymDirectory.EndToEnd.Terminals;
using NymDirectory.Local.Node;
using NymDirectory.Local.Processes;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Commands;

/// <summary>The one command: what it shows, how it ends, what it says when it cannot start.</summary>
public sealed class LocalCommandTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Once_EverythingWorks_EndsWithZeroAndLeavesNothing()
    {
        using var local = new LocalCommand();
        Assert.True(await local.RunAsync(local.CommandLine("--once"), Patience) == 0, local.Text);
        await local.NothingLeftAsync();
        Assert.True(File.Exists(local.Setup.AddressFile));
        Assert.True(File.Exists(local.Setup.PublicKeyFile));
    }

    [Fact]
    public async Task Once_OnTheSameData_WorksAgain()
    {
        using var local = new LocalCommand();
        Assert.True(await local.RunAsync(local.CommandLine("--once"), Patience) == 0, local.Text);
        Assert.True(await local.RunAsync(local.CommandLine("--once", "--relays", "2"), Patience) == 0, local.Text);
        await local.NothingLeftAsync();
    }

    [Fact]
    public async Task Once_AServiceDies_EndsWithAnotherCode()
    {
        using var local = new LocalCommand();
        var process = local.Start(local.CommandLine("--once"));
        await using (process)
        {
            var relay = await local.ChildAsync("NymDirectory.Relay");
            Signals.Send(relay, Signal.Kill);
            await process.Ended.Within(Patience);
            Assert.NotEqual(0, process.ExitCode);
        }

        await local.NothingLeftAsync();
    }

    [Fact]
    public async Task PortInUse_IsSaidInOneLine()
    {
        using var local = new LocalCommand();
        using var other = new TcpListener(IPAddress.Loopback, local.Ports.Directory);
        other.Start();
        Assert.Equal(1, await local.RunAsync(local.CommandLine("--once"), Patience));
        Assert.Contains($"{local.Ports.Directory}", Assert.Single(local.Output.Lines).Text);
    }

    [Fact]
    public async Task NymClientPortInUse_IsSaidInOneLine()
    {
        using var local = new LocalCommand();
        using var other = new TcpListener(IPAddress.Loopback, local.Ports.NymClient);
        other.Start();
        Assert.Equal(1, await local.RunAsync(local.CommandLine("--once"), Patience));
        Assert.Contains("--nym-client-port", Assert.Single(local.Output.Lines).Text);
    }

    [Fact]
    public async Task Serving_ServicesDie_AreStartedAgainAndNothingIsLeftAtTheEnd()
    {
        using var local = new LocalCommand();
        await using var process = local.Start(local.CommandLine("--no-walkthrough"));
        await Eventually.True(() => local.Text.Contains("Ctrl+C stops it", StringComparison.Ordinal), Patience);
        var relay = await local.ChildAsync("NymDirectory.Relay");
        Signals.Send(relay, Signal.Kill);
        await Eventually.True(async () => await local.ChildAsync("NymDirectory.Relay") != relay, Patience);

        // Its nym-client is left over; the stop comes before another Gateway can take it up.
        Signals.Send(await local.ChildAsync("NymDirectory.Gateway"), Signal.Kill);
        await Eventually.True(() => local.Text.Contains("gateway ended by itself", StringComparison.Ordinal), Patience);
        process.Send(Signal.Terminate);

        await process.Ended.Within(Patience);
        Assert.Equal(0, process.ExitCode);
        await local.NothingLeftAsync();
    }

    [Fact]
    public async Task UnwritableFolder_IsSaidInOneLine()
    {
        using var local = new LocalCommand();
        Assert.Equal(1, await local.RunAsync(local.WithData("/proc/nowhere", "--no-walkthrough"), Patience));
        Assert.Contains("/proc/nowhere", Assert.Single(local.Output.Lines).Text);
    }

    [Fact]
    public async Task MissingNymClient_IsSaidInOneLine()
    {
        using var local = new LocalCommand();
        Assert.Equal(1, await local.RunAsync(local.CommandLine("--no-walkthrough", "--nym-client", "/nowhere/nym-client"), Patience));
        Assert.Contains("/nowhere/nym-client", Assert.Single(local.Output.Lines).Text);
    }

    [Fact]
    public async Task ControlC_OnATerminal_NymClientSeesOneInterruptAndNothingIsLeft()
    {
        using var local = new LocalCommand();
        await using var terminal = PseudoTerminal.Open();
        var process = local.Start(terminal.Command(local.CommandLine()));
        await using (process)
        {
            // After the walk-through it prints the node's address and serves.
            await Eventually.True(() => File.Exists(local.Setup.AddressFile), Patience, $"the node has an address\n{terminal.Screen}");
            var address = (await File.ReadAllTextAsync(local.Setup.AddressFile)).Trim();
            await Eventually.True(
                () => terminal.Screen.Contains(address, StringComparison.Ordinal) && terminal.Screen.Contains("Ctrl+C", StringComparison.Ordinal),
                Patience,
                "it says the node's address and how to stop");
            // Slow enough for a second SIGINT to fall into the flush, which it would cut off.
            Assert.Equal(0, await local.RunAsync(
                [local.Programs.Localnet, "faults", "--hub", local.Setup.HubAddress, "--flush-row", "700ms"], TimeSpan.FromSeconds(20)));

            terminal.PressControlC();

            await process.Ended.Within(TimeSpan.FromSeconds(60));
            Assert.True(process.ExitCode == 0, $"exit code {process.ExitCode}\n{terminal.Screen}");
        }

        await local.NothingLeftAsync();
        AssertFlushed(local.Setup);
    }

    // No SIGINT: in use. Two: begun and not ended.
    private static void AssertFlushed(NodeSetup setup)
    {
        var data = Path.Combine(setup.LocalnetHome, ".nym", "clients", "nymdirectory", "data");
        var state = Directory.EnumerateFiles(data, "*.json").Select(File.ReadAllText).Single(text => text.Contains("EverFlushed", StringComparison.OrdinalIgnoreCase));
        using var document = JsonDocument.Parse(state);
        bool Is(string member) => document.RootElement.EnumerateObject()
            .Any(property => property.Name.Equals(member, StringComparison.OrdinalIgnoreCase) && property.Value.GetBoolean());
        Assert.Equal((true, false, false), (Is("EverFlushed"), Is("InUse"), Is("Flushing")));
    }
}
