using Grpc.Core;
using NymDirectory.Gateway.Protocol;

namespace NymDirectory.Gateway.Dispatch;

/// <summary>Finds the answer to each request. There always is one, whatever fails behind it, and it never tells what failed.</summary>
internal sealed class RequestAnswering(
    AccountRequests accounts, SendRequests sends, Envelopes envelopes, ILogger<RequestAnswering> logger)
{
    /// <summary>Answers one request.</summary>
    /// <exception cref="OperationCanceledException">The Gateway stops.</exception>
    public async Task<Answer> AnswerAsync(ClientRequest request, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(request, caller, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (RpcException e) when (IsAway(e.StatusCode))
        {
            logger.BackEndAway(request.Action, e.StatusCode);
            return Constant(Answers.Unavailable(request.Action));
        }
        catch (RpcException e)
        {
            logger.BackEndRefused(request.Action, e.StatusCode);
            return Constant(Answers.Failed(request.Action));
        }
        catch (Exception e)
        {
            logger.RequestFailed(request.Action, e.GetType().Name, e.StackTrace);
            return Constant(Answers.Failed(request.Action));
        }
    }

    /// <summary>The answer when a service cannot be asked.</summary>
    public Answer Unavailable(ClientAction action) => Constant(Answers.Unavailable(action));

    private Task<Answer> AskAsync(ClientRequest request, Caller caller, CancellationToken cancellationToken) => request switch
    {
        SendAsked asked => sends.SendAsync(asked, caller, cancellationToken),
        QueryAsked asked => accounts.QueryAsync(asked, caller, cancellationToken),
        RegistrationAsked asked => accounts.RegisterAsync(asked, caller, cancellationToken),
        LoginAsked asked => accounts.LoginAsync(asked, caller, cancellationToken),
        ChallengeAnswered { Action: ClientAction.LoginResponse } answered => accounts.CompleteLoginAsync(answered, caller, cancellationToken),
        ChallengeAnswered answered => accounts.CompleteRegistrationAsync(answered, caller, cancellationToken),
        InfoAsked => Task.FromResult(new Answer(envelopes.Info, "success")),
        RequestRefused refused => Task.FromResult(Constant(refused.Answer)),
        _ => throw new ArgumentOutOfRangeException(nameof(request)),
    };

    private Answer Constant(ConstantAnswer answer) => new(envelopes.Constant(answer), answer.Outcome);

    private static bool IsAway(StatusCode status) =>
        status is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.ResourceExhausted or StatusCode.Cancelled;
}
