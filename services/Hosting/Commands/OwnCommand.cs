using System.Reflection;

namespace NymDirectory.Hosting.Commands;

/// <summary>How a service's program is started once more, to do one thing beside the service.</summary>
public static class OwnCommand
{
    /// <summary>The program file and what has to come before its arguments.</summary>
    /// <param name="program">The assembly of the service.</param>
    /// <exception cref="InvalidOperationException">The operating system does not say which file the running program is.</exception>
    public static (string FileName, IReadOnlyList<string> Arguments) Of(Assembly program)
    {
        ArgumentNullException.ThrowIfNull(program);
        var running = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is not known.");
        var assembly = program.Location;
        var name = program.GetName().Name!;

        // Started as "dotnet X.dll" (or inside a test host) the running program is not ours.
        var isOurs = assembly.Length == 0 || string.Equals(Path.GetFileNameWithoutExtension(running), name, StringComparison.Ordinal)
            || string.Equals(Path.GetFileName(running), name, StringComparison.Ordinal);
        var isMuxer = Path.GetFileNameWithoutExtension(running) == "dotnet";
        return isOurs ? (running, []) : (isMuxer ? running : "dotnet", [assembly]);
    }
}
