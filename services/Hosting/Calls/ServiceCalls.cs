using Grpc.Core;
using NymDirectory.Hosting.Errors;

namespace NymDirectory.Hosting.Calls;

/// <summary>
/// Calls another service: a deadline for each attempt (which covers a replica that hangs), retries with jitter, a deadline for the
/// whole. Everything that a service offers can be repeated, so whatever may pass by itself is tried again. gRPC's own retry
/// policy is not used, since it has no deadline for an attempt.
/// </summary>
public static class ServiceCalls
{
    private const double BackOffFactor = 2;
    private static readonly TimeSpan AttemptDeadline = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TotalDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxBackOff = TimeSpan.FromSeconds(1);

    /// <summary>Makes the call, again if need be.</summary>
    /// <param name="call">Starts one attempt with the options given to it.</param>
    /// <param name="cancellationToken">Ends it all.</param>
    /// <exception cref="RpcException">The last attempt's status, when none succeeded in time or the failure will not pass.</exception>
    public static async Task<T> InvokeAsync<T>(Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        // gRPC measures deadlines by the system's clock, so this does, too.
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        var backOff = FirstBackOff;
        while (true)
        {
            try
            {
                using var attempt = call(new CallOptions(deadline: clock.GetUtcNow().UtcDateTime + AttemptDeadline, cancellationToken: cancellationToken));
                return await attempt.ResponseAsync;
            }
            catch (RpcException e) when (MayPass(e) && !cancellationToken.IsCancellationRequested
                                         && clock.GetElapsedTime(start) + backOff + AttemptDeadline <= TotalDeadline)
            {
                await Task.Delay(backOff * (0.5 + Random.Shared.NextDouble()), clock, cancellationToken);
                backOff = TimeSpan.FromTicks(Math.Min((long)(backOff.Ticks * BackOffFactor), MaxBackOff.Ticks));
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Cancelled && cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }
        }
    }

    /// <summary>Whether the same call may succeed later or elsewhere.</summary>
    internal static bool MayPass(RpcException e) => e.StatusCode switch
    {
        StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.ResourceExhausted or StatusCode.Cancelled => true,
        // A broken connection can show as INTERNAL; ours carries a reason, and repeats itself.
        StatusCode.Internal => e.Trailers.Get(ServiceFailure.ReasonTrailer) is null,
        _ => false,
    };
}
