using NymDirectory.EndToEnd.Harness;
using NymDirectory.EndToEnd.Outages;
using NymDirectory.EndToEnd.Users;

namespace NymDirectory.Compose.Harness;

/// <summary>Several existing clients that write to as many others, all at once.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private static readonly TimeSpan ArrivalPatience = TimeSpan.FromSeconds(90);

    private readonly List<LegacyClient> _clients = [];
    private readonly List<Traffic> _traffic = [];

    private Crowd()
    {
    }

    /// <summary>How many messages the node has accepted.</summary>
    public int Accepted => _traffic.Sum(traffic => traffic.Accepted.Count);

    /// <summary>How many a client had to send again: 0 means that none of them saw a failure.</summary>
    public int Repeated => _traffic.Sum(traffic => traffic.Repeated);

    public static Task<Crowd> StartAsync(ReachableNode node, int pairs) => StartAsync(node, node, pairs);

    /// <summary>Senders on one Gateway, recipients on another.</summary>
    public static async Task<Crowd> StartAsync(ReachableNode senders, ReachableNode recipients, int pairs)
    {
        var crowd = new Crowd();
        for (var i = 0; i < pairs; i++)
        {
            var both = await Task.WhenAll(
                LegacyClient.RegisteredAsync(senders, Names.New("sender")), LegacyClient.RegisteredAsync(recipients, Names.New("recipient")));
            crowd._clients.AddRange(both);
            crowd._traffic.Add(new Traffic(both[0], both[1]));
        }

        return crowd;
    }

    /// <summary>Each sender sends so many, one after the other.</summary>
    public Task SendAsync(int each) => Task.WhenAll(_traffic.Select(traffic => traffic.SendAsync(each)));

    /// <summary>All send for as long as something goes on.</summary>
    public async Task SendDuringAsync(Func<Task> action)
    {
        var done = action();
        await Task.WhenAll(_traffic.Select(async traffic =>
        {
            while (!done.IsCompleted)
            {
                await traffic.SendAsync(1);
            }
        }));
        await done;
    }

    /// <summary>Waits until everything accepted has arrived, in order; says how many copies there were.</summary>
    public async Task<int> ArrivedAsync()
    {
        foreach (var traffic in _traffic.Where(traffic => traffic.Repeated > 0))
        {
            await traffic.SendAllAgainAsync();
        }

        return (await Task.WhenAll(_traffic.Select(traffic => traffic.ArrivedAsync(ArrivalPatience)))).Sum();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }
    }
}
