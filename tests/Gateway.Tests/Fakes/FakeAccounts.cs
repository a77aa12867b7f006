using System.Collections.Concurrent;
using Grpc.Core;
using NymDirectory.Contracts.V1;

namespace NymDirectory.Gateway.Tests.Fakes;

/// <summary>The Directory's accounts as a test scripts them; keeps what it was asked.</summary>
internal sealed class FakeAccounts : AccountService.AccountServiceBase
{
    public const string Nonce = "00112233445566778899aabbccddeeff";

    public Func<QueryItem, Task<QueryOutcome>> OnQuery { get; set; } = _ => Task.FromResult(new QueryOutcome { NotFound = new NotFound() });

    public Func<BeginRegistrationItem, BeginRegistrationOutcome> OnBeginRegistration { get; set; } =
        _ => new BeginRegistrationOutcome { Challenge = new Challenge { Nonce = Nonce } };

    public Func<CompleteRegistrationItem, CompleteRegistrationOutcome> OnCompleteRegistration { get; set; } =
        _ => new CompleteRegistrationOutcome { Registered = new Registered() };

    public Func<BeginLoginItem, BeginLoginOutcome> OnBeginLogin { get; set; } =
        _ => new BeginLoginOutcome { Challenge = new Challenge { Nonce = Nonce } };

    public Func<CompleteLoginItem, CompleteLoginOutcome> OnCompleteLogin { get; set; } =
        _ => new CompleteLoginOutcome { LoggedIn = new LoggedIn() };

    public ConcurrentQueue<object> Asked { get; } = [];

    public override async Task<QueryResponse> Query(QueryRequest request, ServerCallContext context)
    {
        Keep(request.Items);
        return new QueryResponse { Outcomes = { await Task.WhenAll(request.Items.Select(OnQuery)) } };
    }

    public override Task<BeginRegistrationResponse> BeginRegistration(BeginRegistrationRequest request, ServerCallContext context)
    {
        Keep(request.Items);
        return Task.FromResult(new BeginRegistrationResponse { Outcomes = { request.Items.Select(OnBeginRegistration) } });
    }

    public override Task<CompleteRegistrationResponse> CompleteRegistration(CompleteRegistrationRequest request, ServerCallContext context)
    {
        Keep(request.Items);
        return Task.FromResult(new CompleteRegistrationResponse { Outcomes = { request.Items.Select(OnCompleteRegistration) } });
    }

    public override Task<BeginLoginResponse> BeginLogin(BeginLoginRequest request, ServerCallContext context)
    {
        Keep(request.Items);
        return Task.FromResult(new BeginLoginResponse { Outcomes = { request.Items.Select(OnBeginLogin) } });
    }

    public override Task<CompleteLoginResponse> CompleteLogin(CompleteLoginRequest request, ServerCallContext context)
    {
        Keep(request.Items);
        return Task.FromResult(new CompleteLoginResponse { Outcomes = { request.Items.Select(OnCompleteLogin) } });
    }

    private void Keep(IEnumerable<object> items)
    {
        foreach (var item in items)
        {
            Asked.Enqueue(item);
        }
    }
}
