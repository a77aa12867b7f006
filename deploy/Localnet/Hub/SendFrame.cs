using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using NymDirectory.Localnet.Packets;
using NymDirectory.Mixnet;

namespace NymDirectory.Localnet.Hub;

/// <summary>The body of a <see cref="FrameKind.Send"/> frame: recipient, number of packets, payload.</summary>
internal static class SendFrame
{
    private const int HeadSize = NymAddress.Size + sizeof(int);

    /// <summary>What goes before the payload.</summary>
    public static byte[] Head(OutgoingMessage message)
    {
        var head = new byte[HeadSize];
        message.Recipient.Bytes.CopyTo(head);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(NymAddress.Size), message.Packets);
        return head;
    }

    /// <summary>Reads the body.</summary>
    public static bool TryRead(
        (FrameKind Kind, byte[] Body) frame, [NotNullWhen(true)] out NymAddress? recipient, out int packets, [NotNullWhen(true)] out byte[]? payload)
    {
        (recipient, packets, payload) = (null, 0, null);
        if (frame.Kind != FrameKind.Send || frame.Body.Length < HeadSize)
        {
            return false;
        }

        recipient = NymAddress.FromBytes(frame.Body.AsSpan(0, NymAddress.Size));
        packets = BinaryPrimitives.ReadInt32BigEndian(frame.Body.AsSpan(NymAddress.Size));
        payload = frame.Body[HeadSize..];
        return true;
    }
}
