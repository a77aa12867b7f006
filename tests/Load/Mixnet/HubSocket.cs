using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using NymDirectory.Localnet.Hub;
using NymDirectory.Localnet.Packets;
using NymDirectory.Mixnet;

namespace NymDirectory.Load.Mixnet;

/// <summary>
/// A connection to the local hub for any number of users at once: one address, and reply blocks whose key is the user's number. Used by
/// one thread, which neither allocates nor waits for anything but the socket: what the generator costs, the node does not get.
/// </summary>
internal sealed class HubSocket : IDisposable
{
    private const int FrameHeader = sizeof(uint) + 1;
    private const int ReplyHeader = 1 + 1 + sizeof(int);

    private readonly Socket _socket;
    private byte[] _incoming = new byte[1 << 20];
    private byte[] _outgoing = new byte[1 << 20];
    private int _start;
    private int _end;
    private int _queued;

    private HubSocket(Socket socket, NymAddress address) => (_socket, Address) = (socket, address);

    /// <summary>Where all reply blocks lead.</summary>
    public NymAddress Address { get; }

    /// <summary>Connects and joins.</summary>
    public static HubSocket Join(string hub, NymAddress address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPEndPoint.Parse(hub));
        var link = new HubSocket(socket, address);
        link.Queue(Frame(FrameKind.Join, [.. address.Bytes, .. Encoding.UTF8.GetBytes("load")]));
        link.Flush();
        return link;
    }

    /// <summary>The whole frame that takes a message to <paramref name="recipient"/>, ready to be queued.</summary>
    public static byte[] Frame(NymAddress recipient, MixMessage message, int packets)
    {
        var payload = MixMessageWriter.Write(message);
        var head = SendFrame.Head(new OutgoingMessage(recipient, packets, payload, Lane: null));
        return Frame(FrameKind.Send, [.. head, .. payload]);
    }

    /// <summary>Puts a frame behind those that are not written yet.</summary>
    public void Queue(ReadOnlySpan<byte> frame)
    {
        if (_queued + frame.Length > _outgoing.Length)
        {
            Flush();
            Array.Resize(ref _outgoing, Math.Max(_outgoing.Length, frame.Length));
        }

        frame.CopyTo(_outgoing.AsSpan(_queued));
        _queued += frame.Length;
    }

    /// <summary>Writes what is queued.</summary>
    public void Flush()
    {
        for (var sent = 0; sent < _queued;)
        {
            sent += _socket.Send(_outgoing.AsSpan(sent, _queued - sent));
        }

        _queued = 0;
    }

    /// <summary>Waits for something to arrive; false when nothing did.</summary>
    public bool Receive(TimeSpan patience)
    {
        if (!_socket.Poll(patience, SelectMode.SelectRead))
        {
            return false;
        }

        MakeRoom();
        var count = _socket.Receive(_incoming.AsSpan(_end));
        _end += count;
        return count > 0 ? true : throw new InvalidOperationException("The hub has ended.");
    }

    /// <summary>The next reply that has arrived whole.</summary>
    public bool TryTake(out MixReply reply)
    {
        while (_end - _start >= FrameHeader)
        {
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(_incoming.AsSpan(_start));
            if (_end - _start < sizeof(uint) + length)
            {
                break;
            }

            var frame = _incoming.AsSpan(_start + sizeof(uint), length);
            _start += sizeof(uint) + length;
            if (TryRead(frame, out reply))
            {
                return true;
            }
        }

        reply = default;
        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static byte[] Frame(FrameKind kind, ReadOnlySpan<byte> body)
    {
        var frame = new byte[FrameHeader + body.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)(1 + body.Length));
        frame[sizeof(uint)] = (byte)kind;
        body.CopyTo(frame.AsSpan(FrameHeader));
        return frame;
    }

    private static bool TryRead(ReadOnlySpan<byte> frame, out MixReply reply)
    {
        reply = default;
        if (frame[0] != (byte)FrameKind.Deliver || frame.Length < 1 + ReplyHeader)
        {
            return false;
        }

        var kind = (MixMessageKind)frame[2];
        var body = frame[3..];
        if (kind == MixMessageKind.ReplyBlockRequest)
        {
            var asked = BinaryPrimitives.ReadInt32BigEndian(body[^sizeof(int)..]);
            reply = new MixReply((int)BinaryPrimitives.ReadUInt64BigEndian(body), [], packets: 1, asked);
            return true;
        }

        var keys = BinaryPrimitives.ReadInt32BigEndian(body);
        var content = body[(sizeof(int) + (keys * sizeof(ulong)))..];
        reply = new MixReply((int)BinaryPrimitives.ReadUInt64BigEndian(body[sizeof(int)..]), content, packets: keys, blocksAsked: 0);
        return kind == MixMessageKind.Reply;
    }

    private void MakeRoom()
    {
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
        }

        if (_incoming.Length - _end < 64 << 10)
        {
            _incoming.AsSpan(_start.._end).CopyTo(_incoming);
            (_start, _end) = (0, _end - _start);
            Array.Resize(ref _incoming, _incoming.Length - _end < 64 << 10 ? 2 * _incoming.Length : _incoming.Length);
        }
    }
}
