using System.Collections.Concurrent;

namespace NymDirectory.Load;

/// <summary>Keeps a number of messages in flight: each answer lets its user send the next one, to the next user in turn.</summary>
internal sealed class Traffic(IReadOnlyList<LoadUser> users, int inFlight)
{
    // Signing is kept out of the timed part as far as memory allows; beyond that it happens in it.
    private const int SignedBeforehand = 4000;

    private int _number;

    internal async Task<TrafficResult> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var signed = users.Select((user, index) => new ConcurrentQueue<byte[]>(
            Enumerable.Range(0, SignedBeforehand).Select(_ => Next(user, index)))).ToList();
        var latencies = new ConcurrentBag<double>();
        var (accepted, refused) = (0, 0);
        var deliveredBefore = users.Sum(user => user.Delivered);
        var start = TimeProvider.System.GetTimestamp();
        var elapsed = () => TimeProvider.System.GetElapsedTime(start);
        var places = users.Select(_ => new SemaphoreSlim(Math.Max(1, inFlight / users.Count))).ToList();
        for (var i = 0; i < users.Count; i++)
        {
            var place = places[i];
            users[i].Answered = (latency, success) =>
            {
                latencies.Add(latency);
                _ = success ? Interlocked.Increment(ref accepted) : Interlocked.Increment(ref refused);
                place.Release();
            };
        }

        await Task.WhenAll(users.Select((user, index) => Task.Run(
            async () =>
            {
                while (elapsed() < duration)
                {
                    await places[index].WaitAsync(cancellationToken);
                    await user.SendAsync(signed[index].TryDequeue(out var message) ? message : Next(user, index), cancellationToken);
                }
            },
            cancellationToken)));
        var time = elapsed();
        var acceptedInTime = Volatile.Read(ref accepted);
        await SendLoad.UntilAsync(() => places.All(place => place.CurrentCount == Math.Max(1, inFlight / users.Count)), cancellationToken);
        await SendLoad.UntilAsync(() => users.Sum(user => user.Delivered) - deliveredBefore >= Volatile.Read(ref accepted), cancellationToken);
        var share = accepted == 0 ? 1 : (double)acceptedInTime / accepted;
        return new TrafficResult(time / share, accepted, refused, users.Sum(user => user.Delivered) - deliveredBefore, [.. latencies]);
    }

    private byte[] Next(LoadUser user, int index) => user.Sign(users[(index + 1) % users.Count].Name, Interlocked.Increment(ref _number));
}
