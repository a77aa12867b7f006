using System.Globalization;

namespace NymDirectory.Gateway.NymClient.Processes;

/// <summary>nym-client's command line and where it keeps its files, as the settings say.</summary>
internal sealed class NymClientCommand(NymClientOptions options)
{
    /// <summary>The program; null when there is none.</summary>
    public string? Program => FindProgram(options.Binary, Environment.GetEnvironmentVariable("PATH") ?? "");

    /// <summary>Whether this id has files at all.</summary>
    public bool HasFolder => Directory.Exists(Folder);

    /// <summary>Whether <c>init</c> got through: it writes the configuration last.</summary>
    public bool HasConfiguration => File.Exists(ConfigurationFile);

    public string ConfigurationFile => Path.Combine(Folder, "config", "config.toml");

    /// <summary>Where it keeps its databases, unless its configuration says otherwise.</summary>
    public string DataFolder => Path.Combine(Folder, "data");

    public IReadOnlyList<string> Init => [Program ?? options.Binary, "init", .. Common, .. ArgumentLine.Split(options.InitArguments)];

    public IReadOnlyList<string> Run => [Program ?? options.Binary, "run", .. Common, .. ArgumentLine.Split(options.RunArguments)];

    private string[] Common =>
        ["--id", options.Id, "--port", options.Port.ToString(CultureInfo.InvariantCulture), "--host", options.Host];

    private string Folder => Path.Combine(Home, ".nym", "clients", options.Id);

    private static string Home =>
        Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? home : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>Whether these are the arguments of such a run, whoever started it.</summary>
    public bool IsRun(IReadOnlyList<string> arguments)
    {
        var rest = arguments.SkipWhile(argument => argument != "run").ToList();
        int id = rest.IndexOf("--id");
        return id > 0 && id + 1 < rest.Count && rest[id + 1] == options.Id;
    }

    /// <summary>A name is looked for on PATH, anything with a separator is a path.</summary>
    internal static string? FindProgram(string binary, string path)
    {
        var candidates = binary.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? [Path.GetFullPath(binary)]
            : path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, binary));
        return candidates.FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string file)
    {
        const UnixFileMode Any = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & Any) != 0);
    }
}
