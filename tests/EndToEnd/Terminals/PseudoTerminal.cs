using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace NymDirectory.EndToEnd.Terminals;

/// <summary>A terminal with nobody in front of it but the test.</summary>
internal sealed class PseudoTerminal : IAsyncDisposable
{
    private const int ReadWrite = 2;
    private const int NotOurTerminal = 0x100;
    private const int CloseOnExec = 0x80000;
    private const byte ControlC = 0x03;

    private readonly SafeFileHandle _master;
    private readonly FileStream _stream;
    private readonly StringBuilder _screen = new();
    private readonly Task _reading;

    private PseudoTerminal(int master, string device)
    {
        _master = new SafeFileHandle(master, ownsHandle: true);
        _stream = new FileStream(_master, FileAccess.ReadWrite, bufferSize: 0);
        Device = device;
        _reading = Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Where a program opens it.</summary>
    public string Device { get; }

    /// <summary>Everything that was written to it.</summary>
    public string Screen
    {
        get
        {
            lock (_screen)
            {
                return _screen.ToString();
            }
        }
    }

    public static PseudoTerminal Open()
    {
        var master = Check(OpenMaster(ReadWrite | NotOurTerminal | CloseOnExec));
        Check(Grant(master));
        Check(Unlock(master));
        var name = new byte[64];
        Check(NameOf(master, name, name.Length) == 0 ? 0 : -1);
        return new PseudoTerminal(master, Encoding.ASCII.GetString(name).TrimEnd('\0'));
    }

    /// <summary>
    /// The command that runs a program on this terminal. A leader of a session (which the Gateway's exec mode makes of it) takes the first terminal that it
    /// opens as its own: from then on Ctrl+C means its process group.
    /// </summary>
    public IEnumerable<string> Command(params IEnumerable<string> program) =>
        ["/bin/sh", "-c", $"exec \"$@\" <{Device} >{Device} 2>&1", "sh", .. program];

    /// <summary>What the key does, not what it stands for: the kernel makes a signal of it.</summary>
    public void PressControlC() => _stream.Write([ControlC]);

    public async ValueTask DisposeAsync()
    {
        await _reading;
        await _stream.DisposeAsync();
        _master.Dispose();
    }

    private void Read()
    {
        var buffer = new byte[4096];
        try
        {
            while (_stream.Read(buffer) is > 0 and var length)
            {
                lock (_screen)
                {
                    _screen.Append(Encoding.UTF8.GetString(buffer, 0, length));
                }
            }
        }
        catch (IOException)
        {
            // The last program has closed it.
        }
    }

    private static int Check(int result) => result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError());

    [DllImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenMaster(int flags);

    [DllImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Grant(int master);

    [DllImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Unlock(int master);

    [DllImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NameOf(int master, [Out] byte[] name, nint size);
}
