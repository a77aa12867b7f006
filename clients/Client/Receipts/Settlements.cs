using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using NymDirectory.Client.Telemetry;

namespace NymDirectory.Client.Receipts;

/// <summary>
/// Remembers what was handed over, several at a time, and then has it acknowledged: in this order, so that a crash in between costs an acknowledgement (the node
/// sends again, and it is dropped here) and never a message.
/// </summary>
internal sealed class Settlements(ReceiptBook book, Acknowledgements acknowledgements, TimeProvider time, ILogger logger)
{
    private const int MaxBatch = 100;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    // Holds at most what is under way to the caller.
    private readonly Channel<Handover> _settled = Channel.CreateUnbounded<Handover>();

    /// <summary>It is done with. False: nothing is remembered any more.</summary>
    public bool Post(Handover handover) => !handover.TrySettle() || _settled.Writer.TryWrite(handover);

    /// <summary>Nothing more is done with.</summary>
    public void Complete() => _settled.Writer.TryComplete();

    /// <summary>Runs until <see cref="Complete"/> and the last one; after <paramref name="stopping"/> nothing is tried twice.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (await _settled.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var batch = new List<Handover>();
            while (batch.Count < MaxBatch && _settled.Reader.TryRead(out var handover))
            {
                batch.Add(handover);
            }

            await RememberAsync(batch, stopping);
        }
    }

    private async Task RememberAsync(List<Handover> batch, CancellationToken stopping)
    {
        var pause = FirstPause;
        while (!await TryRememberAsync(batch))
        {
            await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested)
            {
                // Not acknowledged, so the node sends them again.
                batch.ForEach(handover => handover.SetForgotten());
                return;
            }

            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }

        foreach (var handover in batch)
        {
            if (handover.Delivery is { } delivery)
            {
                acknowledgements.Add(delivery.Id);
            }

            handover.SetRemembered();
        }
    }

    /// <summary>The caller's store can fail.</summary>
    private async Task<bool> TryRememberAsync(List<Handover> batch)
    {
        try
        {
            await book.AddAsync(batch, CancellationToken.None);
            return true;
        }
        catch (Exception e)
        {
            ClientLog.NotRemembered(logger, e.GetType().Name);
            return false;
        }
    }
}
