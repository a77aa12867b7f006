using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using NymDirectory.Mixnet;

namespace NymDirectory.Microbenchmarks;

/// <summary>nym-client's websocket frames: what the Gateway reads and writes for each message.</summary>
[MemoryDiagnoser]
public class FrameBenchmarks
{
    private const int MessageBytes = 1150;

    private readonly ArrayBufferWriter<byte> _output = new(4096);
    private readonly ReplyRequest _reply = new(SenderTag.FromBytes(new byte[SenderTag.Size]), Encoding.UTF8.GetBytes(new string('x', MessageBytes)), 7);
    private byte[] _binary = [];
    private byte[] _json = [];

    /// <summary>A message with a sender tag, in both forms.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var received = new ReceivedResponse(_reply.Message, _reply.SenderTag);
        _output.ResetWrittenCount();
        BinaryCodec.Write(_output, received);
        _binary = _output.WrittenSpan.ToArray();
        _output.ResetWrittenCount();
        JsonCodec.Write(_output, received);
        _json = _output.WrittenSpan.ToArray();
    }

    [Benchmark]
    public bool ReadBinary() => BinaryCodec.TryReadResponse(_binary, out _, out _);

    [Benchmark]
    public bool ReadJson() => JsonCodec.TryReadResponse(_json, out _, out _);

    [Benchmark]
    public int WriteBinary()
    {
        _output.ResetWrittenCount();
        BinaryCodec.Write(_output, _reply);
        return _output.WrittenCount;
    }

    [Benchmark]
    public int WriteJson()
    {
        _output.ResetWrittenCount();
        JsonCodec.Write(_output, _reply);
        return _output.WrittenCount;
    }
}
