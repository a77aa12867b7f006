using NymDirectory.Contracts.V1;
using NymDirectory.Gateway.Replies;
using NymDirectory.Hosting.Calls;

namespace NymDirectory.Gateway.Dispatch;

/// <summary>Messages for the Relays, collected into lists. What may be delivered from here at once comes back with the answer.</summary>
internal sealed class ForwardLists(RelayService.RelayServiceClient client, AnsweredDeliveries deliveries) : IAsyncDisposable
{
    private const int SizeWithoutContent = 320;

    private readonly ItemBatcher<ForwardItem, ForwardOutcome> _items = new(
        async (items, ct) =>
        {
            var request = new ForwardRequest { Items = { items }, TakesDeliveries = true };
            var response = await ServiceCalls.InvokeAsync(options => client.ForwardAsync(request, options), ct);
            deliveries.Take(response.Deliveries);
            return response.Outcomes;
        },
        item => SizeWithoutContent + item.Content.Length + item.Signature.Length);

    public Task<ForwardOutcome> SendAsync(ForwardItem item, CancellationToken cancellationToken) => _items.SendAsync(item, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _items.DisposeAsync();
}
