namespace NymDirectory.Load.Packets.Envelopes;

/// <summary>Packets that the node's nym-clients send for one message between two existing clients.</summary>
/// <param name="Characters">Length of its text.</param>
/// <param name="Request">Mean packets of the sender, with the reply blocks attached; not the node's.</param>
/// <param name="Answer">Packets of the answer.</param>
/// <param name="Delivery">Mean packets of the delivery.</param>
internal sealed record MessageCost(int Characters, double Request, double Answer, double Delivery)
{
    // nym-client asks for at least so many reply blocks at once, at the price of a packet and of one of them.
    private const int LeastAsked = 10;

    /// <summary>
    /// A recipient who only reads attaches nothing: each packet of a delivery uses up one block, and each nine that are left of ten cost a packet that asks for them. One
    /// who writes, too, brings ten with each message, which is more than they use.
    /// </summary>
    public double RefillForReaders => Delivery / (LeastAsked - 1);

    /// <summary>All that the node sends, to a recipient who writes, too.</summary>
    public double Packets => Answer + Delivery;

    /// <summary>All that the node sends, to a recipient who only reads.</summary>
    public double PacketsForReaders => Packets + RefillForReaders;

    public static MessageCost Measure(int characters)
    {
        using var samples = new EnvelopeSamples();
        var (request, delivery) = (samples.Send(characters, withKey: false), samples.Delivery(characters, withKey: false, acknowledges: false));
        return new MessageCost(characters, request.Packets, samples.SendAnswer().Packets, delivery.Packets);
    }

    /// <summary>Messages that so many packets a second carry.</summary>
    public double PerSecond(double packets, bool toReaders = false) => packets / (toReaders ? PacketsForReaders : Packets);
}
