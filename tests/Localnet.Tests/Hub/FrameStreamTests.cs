using System.IO.Pipelines;
using CsCheck;
using NymDirectory.Localnet.Hub;
using NymDirectory.TestKit;

namespace NymDirectory.Localnet.Tests.Hub;

public class FrameStreamTests
{
    [Fact]
    public Task Read_FramesInAnyPieces_AreWhole() => Gen.Select(Gen.Byte.Array[0, 100].Array[0, 5], Gen.Int[1, 7]).SampleAsync(async (bodies, piece) =>
    {
        var bytes = await WriteAsync(bodies);
        var pipe = new Pipe();
        var feeding = FeedAsync(pipe.Writer, bytes, piece);
        await using var frames = new FrameStream(pipe.Reader.AsStream(), capacity: 1);
        foreach (var body in bodies)
        {
            var frame = await frames.ReadAsync(default).AsTask().Within();
            Assert.Equal(FrameKind.Send, frame!.Value.Kind);
            Assert.Equal(body, frame.Value.Body);
        }

        Assert.Null(await frames.ReadAsync(default).AsTask().Within());
        await feeding;
    }, iter: 50);

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0, 1 })]
    [InlineData(new byte[] { (byte)'G', (byte)'E', (byte)'T', (byte)' ', (byte)'/' })]
    public async Task Read_SomethingElse_IsRefused(byte[] bytes)
    {
        await using var frames = new FrameStream(new MemoryStream(bytes), capacity: 1);

        await Assert.ThrowsAsync<InvalidDataException>(() => frames.ReadAsync(default).AsTask().Within());
    }

    private static async Task<byte[]> WriteAsync(byte[][] bodies)
    {
        using var stream = new MemoryStream();
        await using var frames = new FrameStream(stream, capacity: 100);
        foreach (var body in bodies)
        {
            // Head and tail are one body to the reader.
            Assert.True(frames.TryWrite(FrameKind.Send, body.AsMemory(0, body.Length / 2), body.AsMemory(body.Length / 2)));
        }

        frames.Complete();
        await frames.RunWriterAsync(default).Within();
        return stream.ToArray();
    }

    private static async Task FeedAsync(PipeWriter writer, byte[] bytes, int piece)
    {
        foreach (var chunk in bytes.Chunk(piece))
        {
            await writer.WriteAsync(chunk);
        }

        await writer.CompleteAsync();
    }
}
