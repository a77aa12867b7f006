using NymDirectory.DirectoryService.Backup;

namespace NymDirectory.DirectoryService.CommandLine;

/// <summary>What a command reads.</summary>
/// <param name="path">Where it is.</param>
/// <param name="draft">What is removed with it; null when it is the operator's own file.</param>
internal sealed class InputFile(string path, FileDraft? draft) : IDisposable
{
    public string Path => path;

    public void Dispose() => draft?.Dispose();
}
