using NymDirectory.Load.Packets.Envelopes;
using NymDirectory.Load.Packets.Paced;

namespace NymDirectory.Load.Packets;

/// <summary>All that the command shows, one after the other.</summary>
internal static class PacketsRun
{
    /// <summary>Characters of a short, a middling and a long message.</summary>
    public static readonly int[] Lengths = [16, 250, 1000];

    private static readonly (int Gateways, bool FastMode, int Characters)[] Nodes =
        [(1, false, 16), (1, false, 250), (1, false, 1000), (2, false, 16), (4, false, 16), (1, true, 16)];

    private static readonly int[] OverloadedWith = [16, 1000];

    /// <summary>True if all messages came to their end.</summary>
    public static async Task<bool> RunAsync(PacketsSettings settings, IPacketsReport report, CancellationToken cancellationToken)
    {
        var sound = true;
        if (settings.Parts.Contains(PacketsPart.Table))
        {
            using var samples = new EnvelopeSamples();
            report.Tell([.. samples.All(Lengths)]);
            report.Tell([.. samples.Deliveries(Lengths[0]).Select(TextLimit.Of)]);
            report.Tell([.. Lengths.Select(MessageCost.Measure)]);
        }

        foreach (var (gateways, fastMode, characters) in Nodes.Where(node => settings.Parts.Contains(PacketsPart.Capacity) && settings.Gateways.Contains(node.Gateways)))
        {
            var capacity = await CapacityRun.RunAsync(settings, gateways, fastMode, characters, cancellationToken);
            report.Tell(capacity);
            sound &= capacity.IsSound;
        }

        foreach (var characters in settings.Parts.Contains(PacketsPart.Overload) ? OverloadedWith : [])
        {
            var overload = await OverloadRun.RunAsync(settings, characters, cancellationToken);
            report.Tell(overload);
            sound &= overload.IsSound;
        }

        return sound;
    }
}
