using System.Text;

namespace NymDirectory.Gateway.NymClient.Processes;

/// <summary>
/// <c>NymDirectory.Gateway exec [--output FILE] [--record FILE] PROGRAM ARGS…</c>: becomes PROGRAM, in a session of its own and with the signals as they are by
/// default. .NET cannot do that to a child: nym-client would get a terminal's Ctrl+C and the Gateway's SIGINT, and the second one makes it skip its flush.
/// </summary>
internal static class ExecMode
{
    public const string Name = "exec";
    public const string OutputOption = "--output";
    public const string RecordOption = "--record";

    private const int WrongUse = 64;
    public const int NotExecuted = 127;

    /// <summary>Null when the arguments ask for something else; otherwise the exit code, and only when it failed.</summary>
    public static int? TryRun(IReadOnlyList<string> args) => args is [Name, ..] ? Run([.. args.Skip(1)]) : null;

    private static int Run(List<string> args)
    {
        string? output = TakeOption(args, OutputOption);
        string? record = TakeOption(args, RecordOption);
        if (args.Count == 0)
        {
            Console.Error.WriteLine($"usage: {Name} [{OutputOption} FILE] [{RecordOption} FILE] PROGRAM [ARGS…]");
            return WrongUse;
        }

        // What goes wrong is said where this mode was started from, not into the program's own output.
        int complaints = Libc.DuplicateUntilExec(2);
        try
        {
            Prepare(output, record);
            int error = Libc.Execute(args);
            throw new System.ComponentModel.Win32Exception(error);
        }
        catch (Exception failure) when (failure is System.ComponentModel.Win32Exception or IOException or UnauthorizedAccessException)
        {
            Libc.Write(complaints, Encoding.UTF8.GetBytes($"{args[0]} cannot be executed: {failure.Message}\n"));
            return NotExecuted;
        }
    }

    private static void Prepare(string? output, string? record)
    {
        Libc.LeaveSession();
        Libc.Redirect("/dev/null", 0);
        if (output is not null)
        {
            Libc.Redirect(output, 1);
            Libc.Redirect(output, 2);
        }

        // Before the program is there at all: whoever kills the Gateway now leaves nothing behind that is not on file.
        if (record is not null)
        {
            WholeFile.Write(record, ProcessIdentity.Of(Environment.ProcessId)!.ToBytes(), WholeFile.OwnerOnly);
        }

        int[] oftenIgnored = [Libc.SigInt, Libc.SigQuit, Libc.SigPipe, Libc.SigTerm, Libc.SigChild];
        Array.ForEach(oftenIgnored, Libc.ResetSignal);
        Libc.UnblockSignals();
    }

    private static string? TakeOption(List<string> args, string name)
    {
        if (args.Count < 2 || args[0] != name)
        {
            return null;
        }

        string value = args[1];
        args.RemoveRange(0, 2);
        return value;
    }
}
