using NymDirectory.Client.Requests;

namespace NymDirectory.Client.Receiving;

/// <summary>Asks the node who a stranger is, and asks again for a while when it does not say: a message of theirs waits for it.</summary>
internal sealed class StrangerLookUps(LookUps lookUps, TimeProvider time)
{
    private const int Rounds = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    /// <summary>The account, or none, or null when the node said neither in all rounds.</summary>
    public async Task<LookUpOutcome?> FindAsync(string sender, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        for (var round = 1; round < Rounds; round++)
        {
            if (await TryAsync(sender, cancellationToken) is { } outcome)
            {
                return outcome;
            }

            await Task.Delay(pause, time, cancellationToken);
            pause *= 2;
        }

        return await TryAsync(sender, cancellationToken);
    }

    private async Task<LookUpOutcome?> TryAsync(string sender, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await lookUps.FindAsync(sender, cancellationToken);
            return outcome.Refusal is null ? outcome : null;
        }
        catch (NodeSilentException)
        {
            return null;
        }
    }
}
