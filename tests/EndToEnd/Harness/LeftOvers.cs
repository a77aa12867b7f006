using System.Text;

namespace NymDirectory.EndToEnd.Harness;

/// <summary>Finds the processes of one node by a variable that all of them inherit, children of children too.</summary>
internal static class LeftOvers
{
    public const string Variable = "NYMDIRECTORY_TEST_NODE";

    /// <summary>The ids of living processes that inherited the mark.</summary>
    public static IReadOnlyList<int> Of(string mark)
    {
        var sought = Encoding.ASCII.GetBytes($"{Variable}={mark}");
        return [.. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
            .Where(id => id > 0 && id != Environment.ProcessId && HasMark(id, sought))];
    }

    /// <summary>The command lines, for people.</summary>
    public static string Describe(IEnumerable<int> ids) => string.Join('\n', ids.Select(id => $"{id}: {CommandLine(id)}"));

    public static string CommandLine(int id) => Encoding.UTF8.GetString(Read($"/proc/{id}/cmdline")).Replace('\0', ' ');

    private static bool HasMark(int id, byte[] sought) => Read($"/proc/{id}/environ").AsSpan().IndexOf(sought) >= 0;

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended while we looked, or is somebody else's.
            return [];
        }
    }
}
