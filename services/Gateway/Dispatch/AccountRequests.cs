using NymDirectory.Contracts.V1;
using NymDirectory.Gateway.Protocol;
using Complete = NymDirectory.Contracts.V1.CompleteRegistrationOutcome.OutcomeOneofCase;
using Found = NymDirectory.Contracts.V1.QueryOutcome.OutcomeOneofCase;
using LogIn = NymDirectory.Contracts.V1.BeginLoginOutcome.OutcomeOneofCase;
using LogInComplete = NymDirectory.Contracts.V1.CompleteLoginOutcome.OutcomeOneofCase;
using Register = NymDirectory.Contracts.V1.BeginRegistrationOutcome.OutcomeOneofCase;

namespace NymDirectory.Gateway.Dispatch;

/// <summary>What the Directory is asked for clients, and how its outcomes read to them.</summary>
internal sealed class AccountRequests(AccountLists directory, Envelopes envelopes)
{
    public async Task<Answer> QueryAsync(QueryAsked asked, Caller caller, CancellationToken cancellationToken)
    {
        var item = new QueryItem { Context = caller.Context, Username = asked.Username, Arrival = caller.Route };
        var outcome = await directory.Query.SendAsync(item, cancellationToken);
        return outcome.OutcomeCase switch
        {
            Found.Found => new Answer(envelopes.Found(outcome.Found.Username, outcome.Found.PublicKeyPem), "found"),
            Found.NotFound => Constant(Answers.QueryNotFound),
            _ => throw new UnknownOutcomeException(),
        };
    }

    public async Task<Answer> RegisterAsync(RegistrationAsked asked, Caller caller, CancellationToken cancellationToken)
    {
        var item = new BeginRegistrationItem
        {
            Context = caller.Context,
            Route = caller.Route,
            Username = asked.Username,
            PublicKeyPem = asked.PublicKeyPem,
            Features = { asked.Features.Names() },
        };
        var outcome = await directory.BeginRegistration.SendAsync(item, cancellationToken);
        return outcome.OutcomeCase switch
        {
            Register.Challenge => Challenge(asked, outcome.Challenge),
            Register.InvalidUsername => Constant(Answers.RegisterInvalidUsername),
            Register.InvalidPublicKey => Constant(Answers.RegisterInvalidKey),
            Register.UsernameInUse => Constant(Answers.RegisterInUse),
            Register.Busy => Constant(Answers.RegisterBusy),
            _ => throw new UnknownOutcomeException(),
        };
    }

    public async Task<Answer> CompleteRegistrationAsync(ChallengeAnswered answered, Caller caller, CancellationToken cancellationToken)
    {
        var item = new CompleteRegistrationItem { Context = caller.Context, Route = caller.Route };
        if (answered.Username is { } username)
        {
            item.Username = username;
        }

        if (answered.Signature is { } signature)
        {
            item.Signature = signature;
        }

        var outcome = await directory.CompleteRegistration.SendAsync(item, cancellationToken);
        return Constant(outcome.OutcomeCase switch
        {
            Complete.Registered => Answers.Registered,
            Complete.NoPendingChallenge => Answers.RegistrationNotPending,
            Complete.InvalidSignature => Answers.RegistrationInvalidSignature,
            Complete.UsernameInUse => Answers.RegistrationInUse,
            _ => throw new UnknownOutcomeException(),
        });
    }

    public async Task<Answer> LoginAsync(LoginAsked asked, Caller caller, CancellationToken cancellationToken)
    {
        var item = new BeginLoginItem
        {
            Context = caller.Context,
            Route = caller.Route,
            Username = asked.Username,
            Features = { asked.Features.Names() },
        };
        var outcome = await directory.BeginLogin.SendAsync(item, cancellationToken);
        return outcome.OutcomeCase switch
        {
            LogIn.Challenge => Challenge(asked, outcome.Challenge),
            LogIn.NotFound => Constant(Answers.LoginNotFound),
            LogIn.Busy => Constant(Answers.LoginBusy),
            _ => throw new UnknownOutcomeException(),
        };
    }

    public async Task<Answer> CompleteLoginAsync(ChallengeAnswered answered, Caller caller, CancellationToken cancellationToken)
    {
        var item = new CompleteLoginItem { Context = caller.Context, Route = caller.Route };
        if (answered.Username is { } username)
        {
            item.Username = username;
        }

        if (answered.Signature is { } signature)
        {
            item.Signature = signature;
        }

        var outcome = await directory.CompleteLogin.SendAsync(item, cancellationToken);
        return outcome.OutcomeCase switch
        {
            LogInComplete.LoggedIn => Constant(Answers.LoggedIn) with { OpensMailbox = true },
            LogInComplete.NoPendingChallenge => Constant(Answers.LoginNotPending),
            LogInComplete.InvalidSignature => Constant(Answers.LoginInvalidSignature),
            _ => throw new UnknownOutcomeException(),
        };
    }

    private Answer Constant(ConstantAnswer answer) => new(envelopes.Constant(answer), answer.Outcome);

    private Answer Challenge(ClientRequest request, Challenge challenge) =>
        new(envelopes.Challenge(request.Action, challenge.Nonce), "challenge");
}
