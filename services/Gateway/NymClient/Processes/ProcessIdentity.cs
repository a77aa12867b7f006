using System.Globalization;
using System.Text;

namespace NymDirectory.Gateway.NymClient.Processes;

/// <summary>
/// One process and no other: numbers of processes are used again, also after the machine was started anew, so its start (in clock ticks since boot)
/// and the boot belong to it. Exec changes none of the three.
/// </summary>
internal sealed record ProcessIdentity(int Pid, ulong Started, string Boot)
{
    /// <summary>Whether it still runs. One that ended and was not waited for does not.</summary>
    public bool IsAlive => Of(Pid) == this;

    /// <summary>Who has this number now; null when nobody has.</summary>
    public static ProcessIdentity? Of(int pid)
    {
        // "pid (name) state ppid …": the name can hold anything, also ") ". State is field 3, the start is field 22.
        string? stat = ReadOrNull($"/proc/{pid}/stat");
        string[] fields = stat is null ? [] : stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 19 && fields[0] is not ("Z" or "X") && ulong.TryParse(fields[19], CultureInfo.InvariantCulture, out ulong started)
            ? new ProcessIdentity(pid, started, ReadOrNull("/proc/sys/kernel/random/boot_id")?.Trim() ?? "")
            : null;
    }

    /// <summary>Its arguments, as far as they can be read.</summary>
    public IReadOnlyList<string> Arguments() => ReadOrNull($"/proc/{Pid}/cmdline")?.TrimEnd('\0').Split('\0') ?? [];

    /// <summary>As it is kept on file.</summary>
    public byte[] ToBytes() => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Pid} {Started} {Boot}\n"));

    /// <summary>Reads what <see cref="ToBytes"/> wrote; null for anything else.</summary>
    public static ProcessIdentity? FromBytes(ReadOnlySpan<byte> bytes)
    {
        string[] parts = Encoding.ASCII.GetString(bytes).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 3 && int.TryParse(parts[0], CultureInfo.InvariantCulture, out int pid) && pid > 1
            && ulong.TryParse(parts[1], CultureInfo.InvariantCulture, out ulong started)
            ? new ProcessIdentity(pid, started, parts[2])
            : null;
    }

    private static string? ReadOrNull(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
