using Grpc.Core;
using NymDirectory.Hosting.Errors;

namespace NymDirectory.Relay.Forwarding;

/// <summary>How it is told that the Directory could not be asked: its own status and text end here.</summary>
internal sealed class UndecidedCalls(ILogger<UndecidedCalls> logger)
{
    /// <summary>This service is about to stop.</summary>
    public static RpcException Stopping() => ServiceFailure.Of(StatusCode.Unavailable, FailureReason.Stopping);

    /// <summary>UNAVAILABLE for what may pass by itself, INTERNAL for what the Directory refuses as a fault.</summary>
    public RpcException ToStatus(RpcException fromDirectory)
    {
        var status = fromDirectory.StatusCode;
        if (status is StatusCode.InvalidArgument or StatusCode.Unimplemented or StatusCode.Internal)
        {
            logger.DirectoryRefuses(status);
            return ServiceFailure.Of(StatusCode.Internal, FailureReason.Internal);
        }

        logger.DirectoryUnavailable(status);
        return ServiceFailure.Of(StatusCode.Unavailable, FailureReason.Dependency);
    }
}
