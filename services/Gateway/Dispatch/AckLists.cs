using NymDirectory.Contracts.V1;
using NymDirectory.Hosting.Calls;

namespace NymDirectory.Gateway.Dispatch;

/// <summary>What clients acknowledged, collected into lists for the Directory.</summary>
internal sealed class AckLists(MailboxService.MailboxServiceClient client) : IAsyncDisposable
{
    private readonly ItemBatcher<AcknowledgeItem, AcknowledgeOutcome> _items = new(
        async (items, ct) =>
        {
            var request = new AcknowledgeRequest { Items = { items } };
            return (await ServiceCalls.InvokeAsync(options => client.AcknowledgeAsync(request, options), ct)).Outcomes;
        },
        item => item.CalculateSize());

    public Task<AcknowledgeOutcome> SendAsync(AcknowledgeItem item, CancellationToken cancellationToken) => _items.SendAsync(item, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _items.DisposeAsync();
}
