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

    /// <summary>Reads what was compiled into an assembly that imports the targets.</summary>
    internal static ServicePrograms Of(Assembly assembly)
    {
        var paths = assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Where(metadata => metadata.Key.StartsWith(Prefix, StringComparison.Ordinal) && metadata.Value is not null)
            // The build names the assembly; the executable lies beside it under the same name without an extension.
            .ToDictionary(metadata => metadata.Key[Prefix.Length..], metadata => Path.ChangeExtension(metadata.Value!, null), StringComparer.Ordinal);
        return new ServicePrograms(paths.Count > 0 ? paths : Beside(AppContext.BaseDirectory));
    }

    /// <summary>Published side by side: <c>local/</c>, <c>gateway/</c>, <c>localnet/</c>.</summary>
    private static Dictionary<string, string> Beside(string folder) => new(StringComparer.Ordinal)
    {
        ["NymDirectory.Gateway"] = Path.GetFullPath(Path.Combine(folder, "..", "gateway", "NymDirectory.Gateway")),
        ["NymDirectory.Localnet"] = Path.GetFullPath(Path.Combine(folder, "..", "localnet", "NymDirectory.Localnet")),
    };
}
