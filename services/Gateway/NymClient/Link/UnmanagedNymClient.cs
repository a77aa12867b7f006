using Microsoft.Extensions.Options;

namespace NymDirectory.Gateway.NymClient.Link;

/// <summary>A nym-client that somebody else runs: only the connection is ours.</summary>
internal sealed class UnmanagedNymClient(NymClientLink link, StoreCheck check, TimeProvider time, IOptions<NymClientOptions> options)
{
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(6);

    /// <summary>Until <paramref name="stopping"/>, and until what was queued is handed over then.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var closing = new CancellationTokenSource();
        var linking = link.RunAsync(check, stopping, closing.Token);

        // Without a stop the link only ends by a fault of ours: that must not go unseen until then.
        await Task.WhenAny(linking, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping));
        await Task.WhenAny(link.Pumping, Task.Delay(options.Value.DrainTime, time, CancellationToken.None));
        await closing.CancelAsync();

        // A handshake that is under way is seen through, but not for ever.
        await Task.WhenAny(linking, Task.Delay(CloseTime, time, CancellationToken.None));
        if (linking.IsCompleted)
        {
            await linking;
        }
    }
}
