namespace NymDirectory.DirectoryService.Storage;

/// <summary>More waits to be written than the queue holds: the caller comes back later.</summary>
internal sealed class WriterOverloadedException() : Exception("Too much waits to be written.");
