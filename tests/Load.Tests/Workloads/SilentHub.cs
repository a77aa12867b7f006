using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using NymDirectory.Load.Mixnet;
using NymDirectory.Load.Workloads;
using NymDirectory.Mixnet;

namespace NymDirectory.Load.Tests.Workloads;

/// <summary>The other end of a generator's connection: says nothing of itself, and replies when it is told to.</summary>
internal sealed class SilentHub : IDisposable
{
    // As Localnet's hub and nym-client write them.
    private const byte DeliverFrame = 16;
    private const byte ReplyMessage = 4;

    // Length, kind of frame, no copy, kind of message, how many reply blocks, the block, the message.
    private const int FrameBytes = 4 + 1 + 1 + 1 + 4 + 8 + 1;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Socket _peer;

    public SilentHub()
    {
        _listener.Start();
        Socket = HubSocket.Join(_listener.LocalEndpoint.ToString()!, NymAddress.FromBytes(new byte[NymAddress.Size]));
        _peer = _listener.AcceptSocket();
        _peer.NoDelay = true;
    }

    /// <summary>The generator's end.</summary>
    public HubSocket Socket { get; }

    /// <summary>Sends users a message of one byte each, all in one piece.</summary>
    public void Reply(params ReadOnlySpan<(int User, Step Step)> replies)
    {
        var frames = new byte[replies.Length * FrameBytes];
        for (var i = 0; i < replies.Length; i++)
        {
            Write(frames.AsSpan(i * FrameBytes, FrameBytes), replies[i]);
        }

        _peer.Send(frames);
    }

    public void Dispose()
    {
        Socket.Dispose();
        _peer.Dispose();
        _listener.Dispose();
    }

    private static void Write(Span<byte> frame, (int User, Step Step) reply)
    {
        BinaryPrimitives.WriteInt32BigEndian(frame, FrameBytes - sizeof(int));
        frame[4] = DeliverFrame;
        frame[6] = ReplyMessage;
        BinaryPrimitives.WriteInt32BigEndian(frame[7..], 1);
        BinaryPrimitives.WriteUInt64BigEndian(frame[11..], (ulong)reply.User);
        frame[^1] = (byte)reply.Step;
    }
}
