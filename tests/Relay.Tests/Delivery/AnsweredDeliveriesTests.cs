using System.Diagnostics.Metrics;
using NymDirectory.Contracts.V1;
using NymDirectory.Relay.Tests.Fakes;
using NymDirectory.TestKit;
using Outcome = NymDirectory.Contracts.V1.ForwardOutcome.OutcomeOneofCase;

namespace NymDirectory.Relay.Tests.Delivery;

/// <summary>Deliveries for the gateway that brought the message go back with the answer.</summary>
public sealed class AnsweredDeliveriesTests : IAsyncLifetime
{
    private static readonly Vectors.MessageVector First = Vectors.Load().Sends[0];

    private Node _node = null!;

    public async Task InitializeAsync() => _node = await Node.StartAsync();

    public Task DisposeAsync() => _node.DisposeAsync().AsTask();

    [Fact]
    public async Task Forward_CallerTakesDeliveries_ItsOwnComeWithTheAnswer()
    {
        using var counted = new Measurements(_node.Get<IMeterFactory>());
        // As the Directory leases them: without what it was sent.
        var delivery = _node.Leased(content: "");
        (delivery.MessageId, delivery.Sequence, delivery.Round) = (Node.Id(), 5, 3);
        _node.Directory.Accept = _ => new AcceptOutcome { Leased = delivery };

        var response = await ForwardAsync(takes: true, Node.Item(First.Content, First.Signature));

        Assert.Equal(Outcome.Accepted, Assert.Single(response.Outcomes).OutcomeCase);
        var item = Assert.Single(response.Deliveries);
        Assert.Equal((delivery.DeliveryId, delivery.LeaseId, delivery.Route), (item.DeliveryId, item.LeaseId, item.Route));
        Assert.Equal((delivery.MessageId, 5ul, 3u), (item.MessageId, item.Sequence, item.Round));
        Assert.Equal(First.ForwardContent, item.RecipientContent.ToStringUtf8());
        Assert.Equal((1, 0, 0), (counted["deliveries answered"], counted["deliveries queued"], counted["deliveries.in_flight"]));
        Assert.Empty(_node.Gateway.Lists);
    }

    [Theory]
    [InlineData(true, "gateway-2")]
    [InlineData(false, "gateway")]
    public async Task Forward_OfAnotherGatewayOrNotAskedFor_IsSentByTheRelay(bool takes, string gateway)
    {
        using var counted = new Measurements(_node.Get<IMeterFactory>());
        _node.Directory.Accept = _ => new AcceptOutcome { Leased = _node.Leased(content: "", gateway: gateway) };

        var response = await ForwardAsync(takes, Node.Item(First.Content, First.Signature));

        Assert.Empty(response.Deliveries);
        await Eventually.True(() => counted["deliveries queued"] == 1);
        Assert.Equal(First.ForwardContent, Assert.Single(Assert.Single(_node.Gateway.Lists).Items).RecipientContent.ToStringUtf8());
        Assert.Equal(0, counted["deliveries answered"]);
    }

    [Fact]
    public async Task Forward_AListOfSeveralKinds_EachGoesItsWay()
    {
        // The recipient's gateway by the message's number: one for this gateway, one for another, one that waits.
        var kinds = new Queue<AcceptOutcome>(
        [
            new AcceptOutcome { Leased = _node.Leased(content: "") },
            new AcceptOutcome { Leased = _node.Leased(content: "", gateway: "gateway-2") },
            new AcceptOutcome { Pending = new Pending() },
        ]);
        _node.Directory.Accept = _ => kinds.Dequeue();

        var response = await ForwardAsync(
            takes: true, Node.Item(First.Content, First.Signature), Node.Item("no JSON", ""), Node.Item(First.Content, First.Signature), Node.Item(First.Content, First.Signature));

        Assert.Equal(
            [Outcome.Accepted, Outcome.InvalidContent, Outcome.Accepted, Outcome.Accepted], response.Outcomes.Select(outcome => outcome.OutcomeCase));
        Assert.Equal(1ul, Assert.Single(response.Deliveries).DeliveryId);
        await Eventually.True(() => _node.Gateway.DeliveryIds.Any());
        Assert.Equal([2ul], _node.Gateway.DeliveryIds);
    }

    private async Task<ForwardResponse> ForwardAsync(bool takes, params ForwardItem[] items) =>
        await _node.Client.ForwardAsync(new ForwardRequest { Items = { items }, TakesDeliveries = takes });
}
