using Grpc.Core;
using NymDirectory.Hosting.Errors;

namespace NymDirectory.DirectoryService.Tests;

internal static class BrokenContract
{
    public static async Task AssertAsync(Func<Task> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
        Assert.Equal(FailureReason.BrokenContract, exception.Trailers.GetValue(ServiceFailure.ReasonTrailer));
    }
}
