using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace NymDirectory.Gateway.NymClient.Processes;

/// <summary>
/// Where nym-client's output goes: a file in memory that both processes have open. A pipe breaks when the Gateway is killed, and a closed stderr kills nym-client
/// with its SURBs; a FIFO that nobody reads fills up and stops it; a file on disk would keep tags and addresses there. This one lives as long as
/// nym-client does, the next Gateway finds it, and what was read is given back at once.
/// </summary>
internal sealed class LogFile : IDisposable
{
    private const string Name = "nym-client-output";
    private const int LongestLine = 16 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly SafeFileHandle _file;
    private long _position;
    private long _givenBack;

    private LogFile(SafeFileHandle file, long position)
    {
        _file = file;
        _position = position;
    }

    /// <summary>Where exec mode opens it.</summary>
    public string Path => string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{_file.DangerousGetHandle()}");

    public static LogFile Create() => new(Libc.CreateMemoryFile(Name), 0);

    /// <summary>The output of a process that an earlier Gateway started; null when it goes elsewhere.</summary>
    public static LogFile? OpenOf(int pid)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/fd/2");
        try
        {
            if (new FileInfo(path).LinkTarget?.Contains(Name, StringComparison.Ordinal) != true)
            {
                return null;
            }

            var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return new LogFile(file, Libc.FindData(file, 0) ?? RandomAccess.GetLength(file));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>All lines until <paramref name="ended"/> and then what is left, without an end of line. Lines that are too long are cut.</summary>
    public async IAsyncEnumerable<string> ReadLinesAsync(
        Task ended, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            // Asked before the read: what was written before the end is then read for certain.
            bool last = ended.IsCompleted;
            foreach (string whole in ReadWholeLines(line))
            {
                yield return whole;
            }

            if (last)
            {
                break;
            }

            await Task.WhenAny(ended, Task.Delay(Pause, time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (line.Length > 0)
        {
            yield return line.ToString();
        }
    }

    public void Dispose() => _file.Dispose();

    private IEnumerable<string> ReadWholeLines(StringBuilder line)
    {
        byte[] buffer = new byte[LongestLine];
        for (int read = Read(buffer); read > 0; read = Read(buffer))
        {
            // Phrases are ASCII; whatever else a line holds is not looked at.
            foreach (char character in Encoding.Latin1.GetString(buffer, 0, read))
            {
                if (character == '\n')
                {
                    yield return line.ToString();
                    line.Clear();
                }
                else if (character != '\0' && line.Length < LongestLine)
                {
                    line.Append(character);
                }
            }

            // Whoever asks on has dealt with those lines. Not before: a Gateway that is killed in between leaves them to the next one, and
            // that one must not take what was dealt with for something new.
            GiveBack(_position - line.Length);
        }
    }

    private int Read(byte[] buffer)
    {
        int read = RandomAccess.Read(_file, buffer, _position);
        _position += read;
        return read;
    }

    private void GiveBack(long end)
    {
        if (end > _givenBack)
        {
            Libc.PunchHole(_file, end);
            _givenBack = end;
        }
    }
}
