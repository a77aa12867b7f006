using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.NymClient.Processes;

/// <summary>A nym-client of a few lines of shell, for what a faithful one does not do when asked. Its answers to init are the usual ones.</summary>
internal sealed class ScriptedNymClient : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ScriptedNymClient(string onRun)
    {
        Path = _folder.File("nym-client");
        File.WriteAllText(Path, $"""
            #!/bin/bash
            here={_folder.Path}
            if [ "$1" = init ]; then echo init >> $here/starts; [ -e $here/no-init ] && exit 1; mkdir -p "$HOME/.nym/clients/$3/config"; touch "$HOME/.nym/clients/$3/config/config.toml"; exit 0; fi
            echo run >> $here/starts
            {onRun}
            """);
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Path { get; }

    public string Folder => _folder.Path;

    /// <summary>What it was started as, in order.</summary>
    public IReadOnlyList<string> Starts => Lines("starts");

    public IReadOnlyList<string> Lines(string file) => File.Exists(_folder.File(file)) ? File.ReadAllLines(_folder.File(file)) : [];

    public void Dispose() => _folder.Dispose();
}
