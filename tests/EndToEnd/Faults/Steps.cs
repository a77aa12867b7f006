using NymDirectory.EndToEnd.Harness;

namespace NymDirectory.EndToEnd.Faults;

/// <summary>Brings a <c>send</c> to a step and holds it there: the next service is stopped, and what was sent lies in its socket.</summary>
internal sealed class Steps(NodeUnderTest node, Assault assault)
{
    // A message is over 1,000 bytes in all its forms; what services tell each other meanwhile is a few dozen.
    private const int Message = 700;
    private const int Answer = 20;

    /// <summary>Sends a round, up to that step.</summary>
    public async Task ReachAsync(Step step, Round round)
    {
        switch (step)
        {
            case Step.ToGateway:
                assault.Stop(Victims.Gateway);
                await SendAsync(round, send => SocketBacklog.ForClientAsync(node.Setup.Ports.NymClient, Message, send));
                break;
            case Step.ToRelay:
                await ReachRelayAsync(round);
                break;
            case Step.ToDirectory:
                await ReachDirectoryAsync(round);
                break;
            case Step.FromDirectory:
                await ReachDirectoryAsync(round);
                assault.Stop(Victims.Relay);
                await SocketBacklog.ForClientAsync(node.Setup.Ports.Directory, Answer, () => assault.Continue(Victims.Directory));
                break;
            case Step.FromRelay:
                await ReachRelayAsync(round);
                assault.Stop(Victims.Gateway);
                await SocketBacklog.ForClientAsync(node.Setup.Ports.Relay(0), Answer, () => assault.Continue(Victims.Relay));
                break;
            case Step.ToNymClient:
                await ReachNymClientAsync(round);
                break;
            case Step.Taken:
                await ReachNymClientAsync(round);
                assault.Stop(Victims.Directory);
                await SocketBacklog.ForServerAsync(node.Setup.Ports.Directory, Answer, () => assault.Continue(Victims.NymClient));
                break;
            default:
                round.Sends.ToList().ForEach(send => send());
                round.Forge();
                await round.ReceivedAsync();
                await SocketBacklog.ForServerAsync(node.Setup.Ports.Directory, Answer, () => assault.Stop(Victims.Directory));
                break;
        }
    }

    /// <summary>One after the other, so that all of them are there. What is to be refused goes last: it does not come as far.</summary>
    private static async Task SendAsync(Round round, Func<Action, Task> arrived)
    {
        foreach (var send in round.Sends)
        {
            await arrived(send);
        }

        round.Forge();
    }

    private Task ReachRelayAsync(Round round)
    {
        assault.Stop(Victims.Relay);
        return SendAsync(round, send => SocketBacklog.ForServerAsync(node.Setup.Ports.Relay(0), Message, send));
    }

    private Task ReachDirectoryAsync(Round round)
    {
        assault.Stop(Victims.Directory);
        return SendAsync(round, send => SocketBacklog.ForServerAsync(node.Setup.Ports.Directory, Message, send));
    }

    private async Task ReachNymClientAsync(Round round)
    {
        await ReachRelayAsync(round);
        assault.Stop(Victims.NymClient);
        await SocketBacklog.ForServerAsync(node.Setup.Ports.NymClient, Message, () => assault.Continue(Victims.Relay));
    }
}
