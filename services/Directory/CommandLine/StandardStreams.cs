using NymDirectory.DirectoryService.Backup;

namespace NymDirectory.DirectoryService.CommandLine;

/// <summary>
/// A <c>-</c> in the place of a file. In a container without a shell and with a read-only root it is the way in and out, and it lets
/// backups be encrypted before they touch a disk.
/// </summary>
internal static class StandardStreams
{
    public const string Name = "-";

    public static async Task WriteAsync(Stream content, CancellationToken cancellationToken)
    {
        await using var output = Console.OpenStandardOutput();
        content.Position = 0;
        await content.CopyToAsync(output, cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    /// <summary>The file that was named; what came on standard input is put into one beside <paramref name="near"/>, gone with the result.</summary>
    public static async Task<InputFile> ReadAsync(string name, string near, CancellationToken cancellationToken)
    {
        if (name != Name)
        {
            return new InputFile(Path.GetFullPath(name), null);
        }

        var draft = FileDraft.Beside(near + ".input");
        try
        {
            await using var input = Console.OpenStandardInput();
            await input.CopyToAsync(draft.Content, cancellationToken);
            return new InputFile(draft.Path, draft);
        }
        catch
        {
            draft.Dispose();
            throw;
        }
    }
}
