using NymDirectory.DirectoryService.Backup;

namespace NymDirectory.DirectoryService.Restore;

/// <summary>What a restore did.</summary>
/// <param name="Contents">What is in the database now.</param>
/// <param name="SetAside">Where the database is that was there before; null when there was none.</param>
internal sealed record RestoreResult(CopyContents Contents, string? SetAside);
