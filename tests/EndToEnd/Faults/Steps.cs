using NymDirectory.EndToEnd.Harness;

namespace NymDirectory.EndToEnd.Faults;

/// <summary>Brings a <c>send</c> to a step and holds it there: the next service is stopped, and what was sent lies in its socket.</summary>
internal sealed class Steps(NodeUnderTest node, Assault assault)
{
    // A message is over 1,000 bytes in all its forms; what services tell each other meanwhile is a few dozen.
    private const int Message = 700;
    private const int Answer = 20;

    /// <summary>Does what <paramref name="send"/> does, up to that step.</summary>
    /// <param name="step">Where to stop.</param>
    /// <param name="send">Starts to send, without waiting for an answer.</param>
    /// <param name="received">Ends when the recipient has it.</param>
    public async Task ReachAsync(Step step, Action send, Func<Task> received)
    {
        switch (step)
        {
            case Step.ToGateway:
                assault.Stop(Victims.Gateway);
                send();
                await SocketBacklog.ForClientAsync(node.Setup.Ports.NymClient, Message);
                break;
            case Step.ToRelay:
                await ReachRelayAsync(send);
                break;
            case Step.ToDirectory:
                await ReachDirectoryAsync(send);
                break;
            case Step.FromDirectory:
                await ReachDirectoryAsync(send);
                assault.Stop(Victims.Relay);
                assault.Continue(Victims.Directory);
                await SocketBacklog.ForClientAsync(node.Setup.Ports.Directory, Answer);
                break;
            case Step.FromRelay:
                await ReachRelayAsync(send);
                assault.Stop(Victims.Gateway);
                assault.Continue(Victims.Relay);
                await SocketBacklog.ForClientAsync(node.Setup.Ports.Relay(0), Answer);
                break;
            case Step.ToNymClient:
                await ReachNymClientAsync(send);
                break;
            case Step.Taken:
                await ReachNymClientAsync(send);
                assault.Stop(Victims.Directory);
                assault.Continue(Victims.NymClient);
                await SocketBacklog.ForServerAsync(node.Setup.Ports.Directory, Answer);
                break;
            default:
                send();
                await received();
                assault.Stop(Victims.Directory);
                await SocketBacklog.ForServerAsync(node.Setup.Ports.Directory, Answer);
                break;
        }
    }

    private async Task ReachRelayAsync(Action send)
    {
        assault.Stop(Victims.Relay);
        send();
        await SocketBacklog.ForServerAsync(node.Setup.Ports.Relay(0), Message);
    }

    private async Task ReachDirectoryAsync(Action send)
    {
        assault.Stop(Victims.Directory);
        send();
        await SocketBacklog.ForServerAsync(node.Setup.Ports.Directory, Message);
    }

    private async Task ReachNymClientAsync(Action send)
    {
        await ReachRelayAsync(send);
        assault.Stop(Victims.NymClient);
        assault.Continue(Victims.Relay);
        await SocketBacklog.ForServerAsync(node.Setup.Ports.NymClient, Message);
    }
}
