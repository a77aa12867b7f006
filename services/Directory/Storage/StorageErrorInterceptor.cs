using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Data.Sqlite;
using NymDirectory.DirectoryService.Storage.Commits;
using NymDirectory.Hosting.Errors;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>Says to callers what storage failures mean for them; what exactly happened is in the log.</summary>
internal sealed class StorageErrorInterceptor(CommitReport report) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (WriterOverloadedException)
        {
            throw ServiceFailure.Of(StatusCode.ResourceExhausted, FailureReason.Overloaded);
        }
        catch (StorageException)
        {
            throw ServiceFailure.Of(StatusCode.Unavailable, FailureReason.Storage);
        }
        catch (SqliteException e)
        {
            report.ReadFailed(e);
            throw ServiceFailure.Of(StatusCode.Unavailable, FailureReason.Storage);
        }
        catch (ObjectDisposedException)
        {
            throw ServiceFailure.Of(StatusCode.Unavailable, FailureReason.Stopping);
        }
    }
}
