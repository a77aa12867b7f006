namespace NymDirectory.DirectoryService.Storage;

// Exceptions are not passed on: SQLite's messages name constraints and files, and loggers print them.
internal static partial class StorageLog
{
    [LoggerMessage(1, LogLevel.Error, "A commit failed: {Reason} ({ExceptionType}, SQLite {ErrorCode}); its changes did not happen. The service goes on.\n{StackTrace}")]
    internal static partial void CommitFailed(this ILogger logger, string reason, string exceptionType, int errorCode, string? stackTrace);

    [LoggerMessage(2, LogLevel.Error, "A change failed with {ExceptionType} (SQLite {ErrorCode}); others in its commit are not affected.\n{StackTrace}")]
    internal static partial void OperationFailed(this ILogger logger, string exceptionType, int errorCode, string? stackTrace);

    [LoggerMessage(3, LogLevel.Information, "The database takes changes again.")]
    internal static partial void WritesAgain(this ILogger logger);

    [LoggerMessage(4, LogLevel.Information, "The database is open; its schema is up to date.")]
    internal static partial void Opened(this ILogger logger);

    [LoggerMessage(5, LogLevel.Warning, "A checkpoint failed (SQLite {ErrorCode}); the write-ahead log grows until one works.")]
    internal static partial void CheckpointFailed(this ILogger logger, int errorCode);

    [LoggerMessage(6, LogLevel.Error, "The database could not be read (SQLite {ErrorCode}).")]
    internal static partial void ReadFailed(this ILogger logger, int errorCode);

    [LoggerMessage(7, LogLevel.Warning, "The database was not made or migrated by a process of its own ({Reason}); the service tries it itself, and needs some megabytes more until it is started again.")]
    internal static partial void NotMigratedApart(this ILogger logger, string reason);
}
