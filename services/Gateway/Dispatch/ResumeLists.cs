using NymDirectory.Contracts.V1;
using NymDirectory.Hosting.Calls;

namespace NymDirectory.Gateway.Dispatch;

/// <summary>Logins whose success was taken, collected into lists for the Directory.</summary>
internal sealed class ResumeLists(MailboxService.MailboxServiceClient client) : IAsyncDisposable
{
    private readonly ItemBatcher<ResumeItem, ResumeResponse> _items = new(
        async (items, ct) =>
        {
            var request = new ResumeRequest { Items = { items } };
            var response = await ServiceCalls.InvokeAsync(options => client.ResumeAsync(request, options), ct);
            return [.. Enumerable.Repeat(response, items.Count)];
        },
        item => item.CalculateSize());

    public Task SendAsync(ResumeItem item, CancellationToken cancellationToken) => _items.SendAsync(item, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _items.DisposeAsync();
}
