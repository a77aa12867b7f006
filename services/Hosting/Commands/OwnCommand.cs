namespace NymDirectory.Gateway.NymClient.Processes;

/// <summary>How this very program is started again, for its exec mode.</summary>
internal static class OwnCommand
{
    /// <summary>The program file and what has to come before its arguments.</summary>
    public static (string FileName, IReadOnlyList<string> Arguments) Find()
    {
        string running = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is not known.");
        string assembly = typeof(OwnCommand).Assembly.Location;
        string name = typeof(OwnCommand).Assembly.GetName().Name!;

        // Started as "dotnet X.dll" (or inside a test host) the running program is not ours.
        bool isOurs = assembly.Length == 0 || string.Equals(Path.GetFileNameWithoutExtension(running), name, StringComparison.Ordinal)
            || string.Equals(Path.GetFileName(running), name, StringComparison.Ordinal);
        bool isMuxer = Path.GetFileNameWithoutExtension(running) == "dotnet";
        return isOurs ? (running, []) : (isMuxer ? running : "dotnet", [assembly]);
    }
}
