using NymDirectory.Load.Crowds;
using NymDirectory.Load.Node;
using NymDirectory.Load.Sizes.Filling;
using NymDirectory.Load.Sizes.Speed;
using NymDirectory.Load.Workloads;

namespace NymDirectory.Load.Sizes;

/// <summary>A node that begins with a filled database, and those of its users who are there.</summary>
internal sealed class FilledNode : IAsyncDisposable
{
    private static readonly Pace Arrival = new(InFlight: 256);

    private FilledNode(FilledDatabase database, NodeUnderLoad load) => (Database, Load) = (database, load);

    public FilledDatabase Database { get; }

    public NodeUnderLoad Load { get; }

    public static async Task<FilledNode> StartAsync(NodeSettings settings, FilledDatabase database, CancellationToken cancellationToken) =>
        new(database, await NodeUnderLoad.StartAsync(settings with { Database = database.File }, cancellationToken));

    /// <summary>Lets so many users log in; their names, and so their rows, lie anywhere among all the others.</summary>
    public void LogIn(int users)
    {
        var keys = Database.Keys.Read(0, users);
        Load.Crowd.Admit(Enumerable.Range(0, users).Select(number => Person.Known(number, Person.NameOf(number, string.Empty), keys[number])));
        var traffic = new Traffic(new ArrivalWorkload(Load.Crowd, Load.Hub), Load.Crowd, Load.Hub, Arrival);
        traffic.RunToEnd(users);
        if (traffic.Counts.Completed.Count != users)
        {
            throw new InvalidOperationException($"Of {users} users {traffic.Counts.Completed.Count} could log in.");
        }
    }

    /// <summary>The name of anybody at all.</summary>
    public string AnyName() => Person.NameOf(Random.Shared.Next(Database.Users), string.Empty);

    public ValueTask DisposeAsync() => Load.DisposeAsync();
}
