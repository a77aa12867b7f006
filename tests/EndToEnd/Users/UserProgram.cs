using System.Diagnostics;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Users;

/// <summary>A program of a user's: started without the node's ways of doing so, which take a second process each time.</summary>
internal sealed class UserProgram : IDisposable
{
    private readonly Process _process;
    private readonly Task _drained;

    private UserProgram(Process process, Action<string> output)
    {
        _process = process;
        _drained = Task.WhenAll(DrainAsync(process.StandardOutput, output), DrainAsync(process.StandardError, output));
    }

    /// <summary>Ends when the program has ended and all of its output was read.</summary>
    public Task Ended => Task.WhenAll(_drained, _process.WaitForExitAsync());

    public int ExitCode => _process.ExitCode;

    public static UserProgram Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, Action<string> output)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        return new UserProgram(Process.Start(start)!, output);
    }

    /// <summary>Ends it on the spot: users' reply blocks are nobody's loss.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await Ended.Within();
    }

    public void Dispose() => _process.Dispose();

    private static async Task DrainAsync(StreamReader reader, Action<string> output)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            output(line);
        }
    }
}
