using System.Runtime.InteropServices;

namespace NymDirectory.Localnet.Signals;

/// <summary>What .NET has no words for.</summary>
internal static partial class NativeProcess
{
    private const int Interrupt = 2;
    private const nint DefaultAction = 0;

    /// <summary>
    /// Undoes an inherited "ignore", which is what a shell gives to whatever it starts with <c>&amp;</c>. It must come before .NET looks at
    /// signals for the first
    /// time: what is ignored then stays ignored, and later this would undo .NET's own handler.
    /// </summary>
    public static void ResetInterrupt() => Signal(Interrupt, DefaultAction);

    /// <summary>Ends the process now: nothing is flushed, nothing is disposed of.</summary>
    public static void Exit(int code) => ExitNow(code);

    [LibraryImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Signal(int number, nint handler);

    [LibraryImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void ExitNow(int code);
}
