using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace NymDirectory.Hosting.Errors;

/// <summary>
/// The few statuses that any call can end with. A text of ours passes (<see cref="ServiceFailure"/>); everything else becomes
/// INTERNAL with no more than that word, since an exception's text may hold what it failed on.
/// </summary>
internal sealed class ErrorInterceptor(ILogger<ErrorInterceptor> logger) : Interceptor
{
    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (RpcException)
        {
            throw;
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            throw ServiceFailure.Of(StatusCode.Cancelled, FailureReason.Cancelled);
        }
        catch (Exception e)
        {
            logger.CallFailed(context.Method, e.GetType().Name, e.StackTrace);
            throw ServiceFailure.Of(StatusCode.Internal, FailureReason.Internal);
        }
    }
}
