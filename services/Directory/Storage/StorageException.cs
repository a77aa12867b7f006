namespace NymDirectory.DirectoryService.Storage;

/// <summary>The database could not take a change: disk full, input or output failed. The change did not happen.</summary>
internal sealed class StorageException(Exception inner) : Exception("The database could not be written.", inner);
