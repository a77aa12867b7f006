using Microsoft.Extensions.Logging;

namespace NymDirectory.Hosting.Errors;

internal static partial class ErrorLog
{
    // The exception itself is not passed on: loggers print its message, which may hold what the call was about.
    [LoggerMessage(1, LogLevel.Error, "{Method} failed with {ExceptionType}:\n{StackTrace}")]
    internal static partial void CallFailed(this ILogger logger, string method, string exceptionType, string? stackTrace);
}
