using NymDirectory.Load.Packets.Envelopes;
using NymDirectory.Load.Packets.Paced;

namespace NymDirectory.Load.Packets;

/// <summary>Takes what was measured, as it comes.</summary>
internal interface IPacketsReport
{
    void Tell(IReadOnlyList<Envelope> envelopes);

    void Tell(IReadOnlyList<TextLimit> limits);

    void Tell(IReadOnlyList<MessageCost> costs);

    void Tell(Capacity capacity);

    void Tell(Overload overload);
}
