using Grpc.Core;
using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Requests;

namespace NymDirectory.DirectoryService.Accounts;

/// <summary>Serves <c>AccountService</c>.</summary>
internal sealed class AccountEndpoint(
    AccountLookup accounts, SignsOfLife life, Registrations registrations, Logins logins, ItemOutcomes outcomes)
    : AccountService.AccountServiceBase
{
    public override async Task<QueryResponse> Query(QueryRequest request, ServerCallContext context)
    {
        ItemRules.CheckCount(request.Items.Count);
        List<ReturnRoute> arrivals = [.. request.Items.Where(item => item.Arrival is not null).Select(item => ItemRules.Route(item.Arrival))];
        var found = await accounts.FindAsync([.. request.Items.Select(item => item.Username)], context.CancellationToken);
        await life.NoteAsync(arrivals, context.CancellationToken);
        var index = 0;
        return new QueryResponse
        {
            Outcomes =
            {
                await outcomes.EachAsync(
                    "query",
                    request.Items,
                    item => item.Context?.Traceparent,
                    item => Task.FromResult(ToOutcome(item, found[index++])),
                    outcome => outcome.OutcomeCase.ToString()),
            },
        };
    }

    public override async Task<BeginRegistrationResponse> BeginRegistration(
        BeginRegistrationRequest request, ServerCallContext context) => new()
        {
            Outcomes =
            {
                await outcomes.EachAsync(
                    "begin_registration",
                    request.Items,
                    item => item.Context?.Traceparent,
                    registrations.BeginAsync,
                    outcome => outcome.OutcomeCase.ToString()),
            },
        };

    public override async Task<CompleteRegistrationResponse> CompleteRegistration(
        CompleteRegistrationRequest request, ServerCallContext context) => new()
        {
            Outcomes =
            {
                await outcomes.EachAsync(
                    "complete_registration",
                    request.Items,
                    item => item.Context?.Traceparent,
                    registrations.CompleteAsync,
                    outcome => outcome.OutcomeCase.ToString()),
            },
        };

    public override async Task<BeginLoginResponse> BeginLogin(BeginLoginRequest request, ServerCallContext context) => new()
    {
        Outcomes =
        {
            await outcomes.EachAsync(
                "begin_login",
                request.Items,
                item => item.Context?.Traceparent,
                logins.BeginAsync,
                outcome => outcome.OutcomeCase.ToString()),
        },
    };

    public override async Task<CompleteLoginResponse> CompleteLogin(CompleteLoginRequest request, ServerCallContext context) => new()
    {
        Outcomes =
        {
            await outcomes.EachAsync(
                "complete_login",
                request.Items,
                item => item.Context?.Traceparent,
                logins.CompleteAsync,
                outcome => outcome.OutcomeCase.ToString()),
        },
    };

    private static QueryOutcome ToOutcome(QueryItem item, NymDirectory.Signatures.P256PublicKey? key) => key is null
        ? new QueryOutcome { NotFound = new NotFound() }
        : new QueryOutcome { Found = AccountKeys.ToContract(item.Username, key) };
}
