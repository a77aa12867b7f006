using NymDirectory.Load.Packets.Envelopes;
using NymDirectory.Load.Packets.Paced;

namespace NymDirectory.Load.Packets;

/// <summary>All that the command shows, one after the other.</summary>
internal static class PacketsRun
{
    /// <summary>Characters of a short, a middling and a long message.</summary>
    public static readonly int[] Lengths = [16, 250, 1000];

    private static readonly PacedNode[] Nodes =
        [new(1, 16), new(1, 250), new(1, 1000), new(1, 16, ToReaders: true), new(1, 16, FastMode: true), new(2, 16), new(4, 16)];

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

        foreach (var paced in Nodes.Where(node => settings.Parts.Contains(PacketsPart.Capacity) && settings.Gateways.Contains(node.Gateways)))
        {
            var capacity = await CapacityRun.RunAsync(settings, paced, cancellationToken);
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
