using NymDirectory.Contracts.V1;
using NymDirectory.Hosting.Calls;

namespace NymDirectory.Gateway.Dispatch;

/// <summary>The Directory's account calls, their items collected into lists.</summary>
internal sealed class AccountLists(AccountService.AccountServiceClient client) : IAsyncDisposable
{
    public ItemBatcher<QueryItem, QueryOutcome> Query { get; } = new(
        async (items, ct) =>
        {
            var request = new QueryRequest { Items = { items } };
            return (await ServiceCalls.InvokeAsync(options => client.QueryAsync(request, options), ct)).Outcomes;
        },
        item => item.CalculateSize());

    public ItemBatcher<BeginRegistrationItem, BeginRegistrationOutcome> BeginRegistration { get; } = new(
        async (items, ct) =>
        {
            var request = new BeginRegistrationRequest { Items = { items } };
            return (await ServiceCalls.InvokeAsync(options => client.BeginRegistrationAsync(request, options), ct)).Outcomes;
        },
        item => item.CalculateSize());

    public ItemBatcher<CompleteRegistrationItem, CompleteRegistrationOutcome> CompleteRegistration { get; } = new(
        async (items, ct) =>
        {
            var request = new CompleteRegistrationRequest { Items = { items } };
            return (await ServiceCalls.InvokeAsync(options => client.CompleteRegistrationAsync(request, options), ct)).Outcomes;
        },
        item => item.CalculateSize());

    public ItemBatcher<BeginLoginItem, BeginLoginOutcome> BeginLogin { get; } = new(
        async (items, ct) =>
        {
            var request = new BeginLoginRequest { Items = { items } };
            return (await ServiceCalls.InvokeAsync(options => client.BeginLoginAsync(request, options), ct)).Outcomes;
        },
        item => item.CalculateSize());

    public ItemBatcher<CompleteLoginItem, CompleteLoginOutcome> CompleteLogin { get; } = new(
        async (items, ct) =>
        {
            var request = new CompleteLoginRequest { Items = { items } };
            return (await ServiceCalls.InvokeAsync(options => client.CompleteLoginAsync(request, options), ct)).Outcomes;
        },
        item => item.CalculateSize());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Query.DisposeAsync();
        await BeginRegistration.DisposeAsync();
        await CompleteRegistration.DisposeAsync();
        await BeginLogin.DisposeAsync();
        await CompleteLogin.DisposeAsync();
    }
}
