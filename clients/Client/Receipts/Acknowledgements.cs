using System.Threading.Channels;
using NymDirectory.Client.Protocol;
using NymDirectory.Client.Requests;
using NymDirectory.Client.Telemetry;

namespace NymDirectory.Client.Receipts;

/// <summary>
/// Tells the node what it need not keep, several ids at a time, since each acknowledgement is at least a packet. It carries the SURBs that replace those which the messages
/// used up, and nothing answers it: what gets lost is made up for when the node sends the message again.
/// </summary>
internal sealed class Acknowledgements(NodeLink link, TimeSpan delay, ClientCounters counters, TimeProvider time)
{
    // With its punctuation an id takes 36 bytes: well under what a node takes of such an action.
    private const int MaxIds = 100;

    // A node has 16 messages of one mailbox under way; waiting for all of them would leave it idle meanwhile.
    private const int FullEnough = 8;

    // A client that is disposed waits for the last one.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Channel<string> _ids = Channel.CreateUnbounded<string>();

    /// <summary>That one is to be acknowledged.</summary>
    public void Add(string id) => _ids.Writer.TryWrite(id);

    /// <summary>Nothing more is to be acknowledged; what waits goes out now.</summary>
    public void Complete() => _ids.Writer.TryComplete();

    /// <summary>Runs until <see cref="Complete"/> and the last one.</summary>
    public async Task RunAsync()
    {
        while (await _ids.Reader.WaitToReadAsync())
        {
            await SendAsync(await GatherAsync());
        }
    }

    private async Task<List<string>> GatherAsync()
    {
        using var clock = new CancellationTokenSource(delay, time);
        var ids = new List<string>();
        do
        {
            while (ids.Count < MaxIds && _ids.Reader.TryRead(out var id))
            {
                ids.Add(id);
            }
        }
        while (ids.Count < FullEnough && await MoreAsync(clock.Token));
        return ids;
    }

    /// <summary>False: the time is over, or nothing more will come.</summary>
    private async Task<bool> MoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _ids.Reader.WaitToReadAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task SendAsync(List<string> ids)
    {
        using var clock = new CancellationTokenSource(Patience, time);
        try
        {
            await link.SendAsync("ack", RequestText.Acknowledge(ids), first: true, clock.Token);
            counters.Acknowledged(ids.Count);
        }
        catch (OperationCanceledException)
        {
            // nym-client does not take it: the node will send these again, and they are acknowledged then.
        }
    }
}
