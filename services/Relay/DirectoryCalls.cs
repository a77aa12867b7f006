using System.Diagnostics;
using Grpc.Net.Client;
using Microsoft.Extensions.Options;
using NymDirectory.Contracts.V1;
using NymDirectory.Hosting.Calls;

namespace NymDirectory.Relay;

/// <summary>What the Relay asks the Directory. Look-ups come one by one and travel in lists.</summary>
internal sealed class DirectoryCalls : IAsyncDisposable
{
    // Longer than the Directory holds the call, so that an empty answer is an answer and not a failure.
    private static readonly TimeSpan BeyondWait = TimeSpan.FromSeconds(5);

    private readonly ServiceChannels _channels;
    private readonly string _address;
    private readonly ItemBatcher<QueryItem, QueryOutcome> _queries;

    /// <summary>Takes the Directory's address from <c>Services__Directory</c>.</summary>
    public DirectoryCalls(ServiceChannels channels, IOptions<ServiceAddresses> addresses)
    {
        _channels = channels;
        _address = addresses.Value.Directory;
        _queries = new(QueryAsync, item => item.CalculateSize());
    }

    /// <summary>Looks a name up.</summary>
    public Task<QueryOutcome> QueryAsync(QueryItem item, CancellationToken cancellationToken) => _queries.SendAsync(item, cancellationToken);

    /// <summary>Has the messages of a list accepted, durably; an outcome for each, in their order.</summary>
    public async Task<IReadOnlyList<AcceptOutcome>> AcceptAsync(IEnumerable<AcceptItem> items, CancellationToken cancellationToken)
    {
        var request = new AcceptRequest { Items = { items }, OmitsContents = true };
        var response = await ServiceCalls.InvokeAsync(options => Mailboxes().AcceptAsync(request, options), cancellationToken);
        return response.Outcomes.Count == request.Items.Count
            ? response.Outcomes
            : throw new UnreachableException($"{request.Items.Count} messages were answered with {response.Outcomes.Count} outcomes.");
    }

    /// <summary>Leases what is due; one attempt, held by the Directory for up to <paramref name="wait"/>.</summary>
    public async Task<LeaseDueResponse> LeaseDueAsync(int maxDeliveries, TimeSpan wait, CancellationToken cancellationToken)
    {
        var request = new LeaseDueRequest { MaxDeliveries = (uint)maxDeliveries, WaitMilliseconds = (uint)wait.TotalMilliseconds };
        // gRPC measures deadlines by the system's clock.
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime + wait + BeyondWait;
        return await Mailboxes().LeaseDueAsync(request, deadline: deadline, cancellationToken: cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _queries.DisposeAsync();

    private async Task<IReadOnlyList<QueryOutcome>> QueryAsync(IReadOnlyList<QueryItem> items, CancellationToken cancellationToken)
    {
        var request = new QueryRequest { Items = { items } };
        var response = await ServiceCalls.InvokeAsync(
            options => new AccountService.AccountServiceClient(Channel()).QueryAsync(request, options), cancellationToken);
        return response.Outcomes;
    }

    private MailboxService.MailboxServiceClient Mailboxes() => new(Channel());

    // Asked for each time: a channel may have been closed because a gateway that vanished claimed the same address.
    private GrpcChannel Channel() => _channels.For(_address);
}
