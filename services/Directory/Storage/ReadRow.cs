namespace NymDirectory.DirectoryService.Storage;

/// <summary>Reads a row into a type of the service's own.</summary>
internal delegate T ReadRow<out T>(Row row);
