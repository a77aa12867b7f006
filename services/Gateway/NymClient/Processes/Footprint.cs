using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace NymDirectory.Gateway.NymClient.Processes;

/// <summary>
/// How much memory and disk the nym-client takes that the Gateway runs. Its database is never opened: a reader could stand in the way of the flush, which has
/// ten seconds for everything. Its files' sizes are enough, and only a flush changes them; what it knows meanwhile is in its memory.
/// </summary>
internal sealed class Footprint
{
    private const string StoreName = "persistent_reply_store";
    private const string Archived = "corrupted";

    private readonly string _folder;
    private volatile ProcessIdentity? _process;

    public Footprint(IOptions<NymClientOptions> options, NymClientMetrics metrics)
    {
        _folder = new NymClientCommand(options.Value).DataFolder;
        if (options.Value.Managed)
        {
            metrics.ObserveFootprint(Memory, Store);
        }
    }

    /// <summary>Whose memory is meant from now on; null while there is none.</summary>
    public void ProcessIs(ProcessIdentity? process) => _process = process;

    private IEnumerable<Measurement<long>> Memory() =>
        _process is { IsAlive: true } process && ResidentBytes(process.Pid) is { } bytes ? [new Measurement<long>(bytes)] : [];

    // Current: what the next start loads. Archived: copies that nym-client put aside because it could not use them, and never looks at again.
    private IEnumerable<Measurement<long>> Store()
    {
        var (current, archived) = (0L, 0L);
        try
        {
            foreach (var file in new DirectoryInfo(_folder).EnumerateFiles($"{StoreName}*"))
            {
                if (file.Name.Contains(Archived, StringComparison.Ordinal))
                {
                    archived += file.Length;
                }
                else
                {
                    current += file.Length;
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // There is none yet, or it was renamed in this moment.
            return [];
        }

        return [Of(current, "current"), Of(archived, "archived")];
    }

    private static Measurement<long> Of(long bytes, string kind) => new(bytes, new KeyValuePair<string, object?>("kind", kind));

    // "VmRSS:     12345 kB"
    private static long? ResidentBytes(int pid)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{pid}/status").FirstOrDefault(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
            return line?.Split(' ', '\t') is [.., { } kilobytes, _] && long.TryParse(kilobytes, CultureInfo.InvariantCulture, out long value) ? value * 1024 : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
