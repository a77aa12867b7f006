using NymDirectory.Load.Soak.Node;
using NymDirectory.Load.Soak.Users;
using NymDirectory.Local.Processes;
using NymDirectory.Localnet.Faults;

namespace NymDirectory.Load.Soak.Faults;

/// <summary>Lets the faults of a plan happen, one after the other, each until the node is whole again.</summary>
internal sealed class FaultDriver(SoakNode node, IReadOnlyList<SoakUser> users, Ledger ledger)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private readonly Dictionary<FaultKind, int> _counts = [];

    /// <summary>How many there were, by kind.</summary>
    public IReadOnlyDictionary<FaultKind, int> Counts => _counts;

    /// <summary>Runs the plan; what would begin after the end is left out, since restarts can take longer than planned.</summary>
    public async Task RunAsync(FaultPlan plan, TimeSpan end, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        foreach (var fault in plan.Faults)
        {
            var wait = fault.At - TimeProvider.System.GetElapsedTime(start);
            await Task.Delay(wait > Rest ? wait : Rest, TimeProvider.System, cancellationToken);
            if (TimeProvider.System.GetElapsedTime(start) > end)
            {
                return;
            }

            node.CheckAlive();
            Console.WriteLine($"  {TimeProvider.System.GetElapsedTime(start):hh\\:mm\\:ss} {fault}; {ledger.Accepted} accepted so far");
            _counts[fault.Kind] = _counts.GetValueOrDefault(fault.Kind) + 1;
            await HappenAsync(fault, cancellationToken);
        }
    }

    private Task HappenAsync(PlannedFault fault, CancellationToken cancellationToken) => fault.Kind switch
    {
        FaultKind.RelayKilled => node.KillAsync([node.Local.Relays[fault.Which]!], nymClient: false, fault.Lasting, cancellationToken),
        FaultKind.DirectoryKilled => node.KillAsync([node.Local.Directory!], nymClient: false, fault.Lasting, cancellationToken),
        FaultKind.GatewayKilled => node.KillAsync([node.Local.Gateway!], nymClient: false, fault.Lasting, cancellationToken),
        FaultKind.NymClientKilled => WithoutReplyBlocksAsync(node.KillAsync([], nymClient: true, fault.Lasting, cancellationToken)),
        FaultKind.NodeKilled => WithoutReplyBlocksAsync(node.KillAsync(
            [node.Local.Directory!, .. node.Local.Relays.OfType<NodeProcess>(), node.Local.Gateway!], nymClient: true, fault.Lasting, cancellationToken)),
        FaultKind.RelayStopped => node.StandStillAsync(node.Local.Relays[fault.Which]!, fault.Lasting, cancellationToken),
        FaultKind.Mixnet => MixnetAsync(fault, cancellationToken),
        FaultKind.UserGone => users[fault.Which].GoneAsync(fault.Lasting, cancellationToken),
        _ => throw new InvalidOperationException($"{fault.Kind} has no meaning."),
    };

    private async Task WithoutReplyBlocksAsync(Task killing)
    {
        await killing;
        await Task.WhenAll(users.Select(user => user.LogInAsync()));
    }

    private async Task MixnetAsync(PlannedFault fault, CancellationToken cancellationToken)
    {
        await node.ChangeMixnetAsync(new FaultCommand { Changes = fault.Mixnet! }, cancellationToken);
        await Task.Delay(fault.Lasting, TimeProvider.System, cancellationToken);
        await node.ChangeMixnetAsync(new FaultCommand { Reset = true }, cancellationToken);
    }
}
