using NymDirectory.EndToEnd.Harness;
using NymDirectory.Local.Processes;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Faults;

/// <summary>Stops a node's processes where they are, lets them go on, kills them, and starts them again.</summary>
internal sealed class Assault(NodeUnderTest node)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private int? _nymClient;
    private Victims _stopped;

    /// <summary>They neither read nor write from now on.</summary>
    public void Stop(Victims which)
    {
        Send(which, Signal.Stop);
        _stopped |= which;
    }

    /// <summary>They go on.</summary>
    public void Continue(Victims which)
    {
        Send(which, Signal.Continue);
        _stopped &= ~which;
    }

    /// <summary>They are gone from one moment to the next, all at once; the others go on.</summary>
    public void Kill(Victims which)
    {
        if (which.HasFlag(Victims.NymClient))
        {
            // Only then does a Gateway start another one; the one that follows a killed one is taken up by the next Gateway.
            _nymClient = node.NymClientId();
        }

        Send(which, Signal.Kill);
        _stopped &= ~which;
        Continue(_stopped);
    }

    /// <summary>Starts what was killed again, without waiting for it.</summary>
    public async Task StartAsync(Victims which)
    {
        if (which.HasFlag(Victims.Directory))
        {
            await node.Node.Directory!.Ended.Within();
            node.Node.StartDirectory();
        }

        if (which.HasFlag(Victims.Relay))
        {
            await node.Node.Relays[0]!.Ended.Within();
            node.Node.StartRelay(0);
        }

        if (which.HasFlag(Victims.Gateway))
        {
            await node.Node.Gateway!.Ended.Within();
            node.Node.StartGateway();
        }
    }

    /// <summary>Waits until the whole node is ready, with another nym-client if that was killed.</summary>
    public async Task ReadyAsync(Victims killed)
    {
        if (killed.HasFlag(Victims.NymClient))
        {
            await Eventually.True(() => node.NymClientId() is { } now && now != _nymClient, Patience, "the Gateway starts another nym-client");
        }

        await node.DirectoryReadyAsync();
        await node.RelayReadyAsync(0);
        await node.GatewayReadyAsync();
    }

    /// <summary>Kills, starts again and waits.</summary>
    public async Task KillAndRestartAsync(Victims which)
    {
        Kill(which);
        await StartAsync(which);
        await ReadyAsync(which);
    }

    private void Send(Victims which, Signal signal)
    {
        foreach (var (victim, process) in new[]
        {
            (Victims.Gateway, node.Node.Gateway), (Victims.Directory, node.Node.Directory), (Victims.Relay, node.Node.Relays[0]),
        })
        {
            if (which.HasFlag(victim))
            {
                process!.Send(signal);
            }
        }

        if (which.HasFlag(Victims.NymClient) && node.NymClientId() is { } nymClient)
        {
            Signals.Send(nymClient, signal);
        }
    }
}
