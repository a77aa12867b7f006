using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NymDirectory.Contracts.V1;
using NymDirectory.Relay.Delivery;
using NymDirectory.Relay.Tests.Fakes;
using NymDirectory.TestKit;
using Outcome = NymDirectory.Contracts.V1.ForwardOutcome.OutcomeOneofCase;

namespace NymDirectory.Relay.Tests.Delivery;

public sealed class DeliveryTests
{
    private static readonly Vectors.MessageVector First = Vectors.Load().Sends[0];

    [Fact]
    public async Task Forward_Leased_GoesToTheGatewayOfTheRoute()
    {
        await using var node = await Node.StartAsync();
        var delivery = node.Leased(content: First.ForwardContent);
        (delivery.MessageId, delivery.Sequence, delivery.Round) = (Node.Id(), 5, 3);
        node.Directory.Accept = _ => new AcceptOutcome { Leased = delivery };

        Assert.Equal(Outcome.Accepted, await node.ForwardAsync(First.Content, First.Signature));

        await Eventually.True(() => node.Gateway.DeliveryIds.Any());
        var item = Assert.Single(Assert.Single(node.Gateway.Lists).Items);
        Assert.Equal(delivery.DeliveryId, item.DeliveryId);
        Assert.Equal(delivery.LeaseId, item.LeaseId);
        Assert.Equal(delivery.Route, item.Route);
        Assert.Equal((delivery.MessageId, 5ul, 3u), (item.MessageId, item.Sequence, item.Round));
        Assert.Equal(First.ForwardContent, item.RecipientContent.ToStringUtf8());
    }

    [Fact]
    public async Task Forward_GatewayHangs_TheAnswerDoesNotWait()
    {
        await using var node = await Node.StartAsync();
        var gate = new TaskCompletionSource();
        node.Gateway.BeforeReply = gate.Task;
        node.Directory.Accept = _ => new AcceptOutcome { Leased = node.Leased() };
        Assert.Equal(Outcome.Accepted, await node.ForwardAsync(First.Content, First.Signature).Within());
        await Eventually.True(() => node.Get<DeliveryLedger>().Held == 1);
        gate.SetResult();
        await Eventually.True(() => node.Get<DeliveryLedger>().Held == 0);
    }

    [Fact]
    public async Task Due_ManyOfOneMailbox_ArriveInOrderInListsOfAtMost32()
    {
        await using var node = await Node.StartAsync();
        var lease = Node.Id();
        var due = Enumerable.Range(0, 100).Select(_ => node.Leased(lease)).ToList();
        await node.Directory.Due.Writer.WriteAsync(new LeaseDueResponse { Deliveries = { due } });

        await Eventually.True(() => node.Gateway.DeliveryIds.Count() == 100);
        Assert.Equal(due.Select(delivery => delivery.DeliveryId), node.Gateway.DeliveryIds);
        Assert.All(node.Gateway.Lists, list => Assert.InRange(list.Items.Count, 1, 32));
        await Eventually.True(() => node.Get<DeliveryLedger>().Held == 0);
    }

    [Fact]
    public async Task Due_LargeMessages_TravelInListsOfAtMost512KB()
    {
        await using var node = await Node.StartAsync();
        var due = Enumerable.Range(0, 12).Select(_ => node.Leased(content: new string('x', 128 * 1024))).ToList();
        await node.Directory.Due.Writer.WriteAsync(new LeaseDueResponse { Deliveries = { due } });

        await Eventually.True(() => node.Gateway.DeliveryIds.Count() == 12);
        Assert.All(node.Gateway.Lists, list => Assert.InRange(list.CalculateSize(), 1, 512 * 1024));
    }

    [Fact]
    public async Task Due_OneIsNotQueued_NoneOfItsMailboxOvertakesItAndOthersGoOn()
    {
        await using var node = await Node.StartAsync();
        using var counted = new Measurements(node.Get<IMeterFactory>());
        var lease = Node.Id();
        var mailbox = Enumerable.Range(0, 70).Select(_ => node.Leased(lease)).ToList();
        var other = node.Leased();
        node.Gateway.Reply = item => item.DeliveryId == mailbox[31].DeliveryId
            ? new ReplyOutcome { QueueFull = new() }
            : new ReplyOutcome { Queued = new() };
        await node.Directory.Due.Writer.WriteAsync(new LeaseDueResponse { Deliveries = { mailbox, other } });

        await Eventually.True(() => node.Get<DeliveryLedger>().Held == 0 && node.Gateway.DeliveryIds.Contains(other.DeliveryId));
        Assert.Equal(mailbox.Take(32).Append(other).Select(delivery => delivery.DeliveryId), node.Gateway.DeliveryIds);
        Assert.Equal(1, counted["deliveries queue_full"]);
        Assert.Equal(38, counted["deliveries predecessor_failed"]);
        Assert.Equal(32, counted["deliveries queued"]);
        Assert.Equal(0, counted["deliveries.in_flight"]);
    }

    [Fact]
    public async Task Deliver_GatewayDown_IsLeftToItsLeaseAndOtherGatewaysGoOn()
    {
        await using var node = await Node.StartAsync();
        using var counted = new Measurements(node.Get<IMeterFactory>());
        var gone = await FakeGateway.StartAsync();
        await gone.DisposeAsync();
        var next = node.Leased(endpoint: gone.Address);
        node.Directory.Accept = _ => new AcceptOutcome { Leased = next };
        Assert.Equal(Outcome.Accepted, await node.ForwardAsync(First.Content, First.Signature));
        next = node.Leased();
        Assert.Equal(Outcome.Accepted, await node.ForwardAsync(First.Content, First.Signature));

        await Eventually.True(() => node.Gateway.DeliveryIds.SequenceEqual([next.DeliveryId]));
        await Eventually.True(() => counted["deliveries gateway_failed"] == 1);
        Assert.Equal(1, counted["deliveries queued"]);
        Assert.Equal(0, node.Get<DeliveryLedger>().Held);
    }

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("ftp://localhost:1")]
    [InlineData("file:///etc/passwd")]
    public async Task Deliver_EndpointThatIsNone_IsCountedAndDropped(string endpoint)
    {
        await using var node = await Node.StartAsync();
        using var counted = new Measurements(node.Get<IMeterFactory>());
        node.Directory.Accept = _ => new AcceptOutcome { Leased = node.Leased(endpoint: endpoint) };
        Assert.Equal(Outcome.Accepted, await node.ForwardAsync(First.Content, First.Signature));
        Assert.Equal(1, counted["deliveries bad_endpoint"]);
        Assert.Equal(0, node.Get<DeliveryLedger>().Held);
        Assert.Equal(0, node.Get<GatewayLanes>().Count);
    }

    [Fact]
    public async Task Deliver_MoreThanMayBeHeld_IsCountedAndStillAccepted()
    {
        await using var node = await Node.StartAsync(["--Delivery:MaxInFlight=3"]);
        using var counted = new Measurements(node.Get<IMeterFactory>());
        var gate = new TaskCompletionSource();
        node.Gateway.BeforeReply = gate.Task;
        node.Directory.Accept = _ => new AcceptOutcome { Leased = node.Leased() };
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(Outcome.Accepted, await node.ForwardAsync(First.Content, First.Signature));
        }

        Assert.Equal(2, counted["deliveries no_room"]);
        Assert.Equal(3, node.Get<DeliveryLedger>().Held);
        gate.SetResult();
        await Eventually.True(() => counted["deliveries queued"] == 3);
    }

    [Fact]
    public async Task Deliver_OneGatewayHangs_OthersKeepTheirRoom()
    {
        await using var node = await Node.StartAsync(["--Delivery:MaxInFlightPerGateway=2"]);
        using var counted = new Measurements(node.Get<IMeterFactory>());
        await using var other = await FakeGateway.StartAsync();
        var gate = new TaskCompletionSource();
        node.Gateway.BeforeReply = gate.Task;
        node.Directory.Accept = _ => new AcceptOutcome { Leased = node.Leased() };
        await node.ForwardAsync(First.Content, First.Signature);
        await Eventually.True(() => !node.Gateway.Lists.IsEmpty);
        // One is on its way, two may wait.
        for (var i = 0; i < 4; i++)
        {
            await node.ForwardAsync(First.Content, First.Signature);
        }

        Assert.Equal(2, counted["deliveries no_room"]);
        node.Directory.Accept = _ => new AcceptOutcome { Leased = node.Leased(endpoint: other.Address) };
        await node.ForwardAsync(First.Content, First.Signature);
        await Eventually.True(() => other.DeliveryIds.Any());
        gate.SetResult();
    }

    [Fact]
    public async Task Deliver_ManyGatewaysOverTime_OnlySoManyAreKnown()
    {
        await using var node = await Node.StartAsync(["--Delivery:MaxGateways=2"]);
        for (var i = 0; i < 5; i++)
        {
            await using var gateway = await FakeGateway.StartAsync();
            node.Directory.Accept = _ => new AcceptOutcome { Leased = node.Leased(endpoint: gateway.Address) };
            await node.ForwardAsync(First.Content, First.Signature);
            await Eventually.True(() => gateway.DeliveryIds.Any() && node.Get<DeliveryLedger>().Held == 0);
            Assert.InRange(node.Get<GatewayLanes>().Count, 1, 2);
        }
    }

    [Fact]
    public async Task Deliver_LeaseGrewOldWhileWaiting_IsNotSent()
    {
        var time = new FakeTimeProvider();
        await using var node = await Node.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(time));
        using var counted = new Measurements(node.Get<IMeterFactory>());
        var gate = new TaskCompletionSource();
        node.Gateway.BeforeReply = gate.Task;
        node.Directory.Accept = _ => new AcceptOutcome { Leased = node.Leased() };
        await node.ForwardAsync(First.Content, First.Signature);
        await Eventually.True(() => !node.Gateway.Lists.IsEmpty);
        await node.ForwardAsync(First.Content, First.Signature);
        time.Advance(TimeSpan.FromSeconds(16));
        gate.SetResult();

        await Eventually.True(() => counted["deliveries lease_too_old"] == 1);
        Assert.Single(node.Gateway.DeliveryIds.Distinct());
    }

    [Fact]
    public async Task Stop_DeliveriesHeld_GoOutFirst()
    {
        await using var node = await Node.StartAsync();
        var gate = new TaskCompletionSource();
        node.Gateway.BeforeReply = gate.Task;
        node.Directory.Accept = _ => new AcceptOutcome { Leased = node.Leased() };
        for (var i = 0; i < 3; i++)
        {
            await node.ForwardAsync(First.Content, First.Signature);
        }

        await Eventually.True(() => !node.Gateway.Lists.IsEmpty);
        var stop = node.StopRelayAsync();
        await Eventually.True(() => node.Logs.Text.Contains("Stopping with 3 deliveries held", StringComparison.Ordinal));
        Assert.False(stop.IsCompleted);
        gate.SetResult();

        await stop.Within();
        Assert.Equal(3, node.Gateway.DeliveryIds.Distinct().Count());
        Assert.Equal(0, node.Get<DeliveryLedger>().Held);
    }

    [Fact]
    public async Task Stop_GatewayHangs_EndsWithTheHostsTimeOut()
    {
        await using var node = await Node.StartAsync(configure: builder => builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(
            host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(300)));
        using var counted = new Measurements(node.Get<IMeterFactory>());
        node.Gateway.BeforeReply = new TaskCompletionSource().Task;
        node.Directory.Accept = _ => new AcceptOutcome { Leased = node.Leased() };
        await node.ForwardAsync(First.Content, First.Signature);
        await Eventually.True(() => !node.Gateway.Lists.IsEmpty);
        await node.ForwardAsync(First.Content, First.Signature);

        await node.StopRelayAsync().Within(TimeSpan.FromSeconds(5));
        Assert.Equal(2, counted["deliveries stopping"]);
    }
}
