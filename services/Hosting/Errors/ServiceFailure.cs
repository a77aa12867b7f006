using Grpc.Core;

namespace NymDirectory.Hosting.Errors;

/// <summary>Makes the exceptions that end a call with one of the documented statuses (<c>protos/nymdirectory/v1/README.md</c>).</summary>
public static class ServiceFailure
{
    /// <summary>The trailer that carries the reason.</summary>
    public const string ReasonTrailer = "nymdirectory-reason";

    /// <summary>An exception that ends the call with this status, and its <see cref="FailureReason"/> as text and trailer.</summary>
    public static RpcException Of(StatusCode status, string reason) =>
        new(new Status(status, reason), new Metadata { { ReasonTrailer, reason } });

    /// <summary>The caller broke the contract.</summary>
    public static RpcException BrokenContract() => Of(StatusCode.InvalidArgument, FailureReason.BrokenContract);
}
