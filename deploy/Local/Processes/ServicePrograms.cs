using System.Reflection;

namespace NymDirectory.Local.Processes;

/// <summary>
/// The executables of the node: as the build compiled them in (<c>ServicePrograms.targets</c>), or, when it did not, in folders beside our own.
/// </summary>
internal sealed class ServicePrograms
{
    private const string Prefix = "ServiceProgram:";

    private readonly Dictionary<string, string> _paths;

    private ServicePrograms(Dictionary<string, string> paths) => _paths = paths;

    internal string Gateway => this["NymDirectory.Gateway"];

    internal string Directory => this["NymDirectory.DirectoryService"];

    internal string Relay => this["NymDirectory.Relay"];

    internal string Localnet => this["NymDirectory.Localnet"];

    private string this[string name] => _paths.TryGetValue(name, out var path) && File.Exists(path)
        ? path
        : throw new LocalException($"{name} is not built: run `dotnet build` first.");

    /// <summary>Programs that were published, each into a folder of its own that is named after its project's.</summary>
    internal static ServicePrograms In(string folder) => new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["NymDirectory.Gateway"] = Path.Combine(folder, "Gateway", "NymDirectory.Gateway"),
        ["NymDirectory.DirectoryService"] = Path.Combine(folder, "Directory", "NymDirectory.DirectoryService"),
        ["NymDirectory.Relay"] = Path.Combine(folder, "Relay", "NymDirectory.Relay"),
        ["NymDirectory.Localnet"] = Path.Combine(folder, "Localnet", "NymDirectory.Localnet"),
    });

    /// <summary>The same with another program in the Relay's place.</summary>
    internal ServicePrograms WithRelay(string program) => new(new Dictionary<string, string>(_paths, StringComparer.Ordinal) { ["NymDirectory.Relay"] = program });

    /// <summary>Reads what was compiled into an assembly that imports the targets.</summary>
    internal static ServicePrograms Of(Assembly assembly)
    {
        var paths = assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Where(metadata => metadata.Key.StartsWith(Prefix, StringComparison.Ordinal) && metadata.Value is not null)
            // The build names the assembly; the executable lies beside it under the same name without an extension.
            .ToDictionary(metadata => metadata.Key[Prefix.Length..], metadata => Path.ChangeExtension(metadata.Value!, null), StringComparer.Ordinal);
        return paths.Count > 0 ? new ServicePrograms(paths) : In(Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..")));
    }
}
