using NymDirectory.Contracts.V1;
using NymDirectory.Hosting.Calls;

namespace NymDirectory.Gateway.Dispatch;

/// <summary>Messages for the Relays, collected into lists.</summary>
internal sealed class ForwardLists(RelayService.RelayServiceClient client) : IAsyncDisposable
{
    private const int SizeWithoutContent = 320;

    private readonly ItemBatcher<ForwardItem, ForwardOutcome> _items = new(
        async (items, ct) =>
        {
            var request = new ForwardRequest { Items = { items } };
            return (await ServiceCalls.InvokeAsync(options => client.ForwardAsync(request, options), ct)).Outcomes;
        },
        item => SizeWithoutContent + item.Content.Length + item.Signature.Length);

    public Task<ForwardOutcome> SendAsync(ForwardItem item, CancellationToken cancellationToken) => _items.SendAsync(item, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _items.DisposeAsync();
}
