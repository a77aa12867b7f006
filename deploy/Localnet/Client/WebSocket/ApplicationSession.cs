using System.Buffers;
using System.Net.WebSockets;
using System.Threading.Channels;
using NymDirectory.Mixnet;
using NymDirectory.Mixnet.Sessions;

namespace NymDirectory.Localnet.Client.WebSocket;

/// <summary>
/// One connection of the application. It is one loop: a request is handled to its end, or a message is pushed to its end, never both at a
/// time. Whoever does not read is not read from. What it writes leaves in one piece while there is more to do: it shares a machine with a node that is
/// measured.
/// </summary>
internal sealed class ApplicationSession(
    System.Net.WebSockets.WebSocket socket, CoalescingStream stream, RequestHandler handler, ChannelReader<ReceivedResponse> messages)
{
    private const int MaxMessage = 64 << 20;
    private const int ReadSize = 16 << 10;

    // Of what leaves in one piece: whoever does not read must be noticed soon.
    private const int MaxHeld = 64 << 10;

    private readonly ArrayBufferWriter<byte> _incoming = new(ReadSize);
    private readonly ArrayBufferWriter<byte> _outgoing = new(ReadSize);

    // Until the first request, the binary form.
    private bool _text;

    /// <summary>Serves until the connection ends. A message that was being pushed then is gone.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await LoopAsync(ended.Token);
        }
        catch (Exception e) when (e is WebSocketException or IOException or InvalidDataException)
        {
            // The application dropped the connection, or broke the protocol; what is buffered waits for its next one.
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        var request = ReadAsync(cancellationToken);
        var arrived = messages.WaitToReadAsync(cancellationToken).AsTask();
        while (true)
        {
            if (!request.IsCompleted && !arrived.IsCompleted)
            {
                await stream.ReleaseAsync(cancellationToken);
                await Task.WhenAny(request, arrived);
            }

            stream.Hold();
            if (arrived.IsCompleted)
            {
                await PushAsync(cancellationToken);
                arrived = messages.WaitToReadAsync(cancellationToken).AsTask();
            }

            if (request.IsCompleted)
            {
                if (await request is not { } form)
                {
                    await stream.ReleaseAsync(cancellationToken);
                    return;
                }

                await HandleAsync(form, cancellationToken);
                request = ReadAsync(cancellationToken);
            }
        }
    }

    private async Task PushAsync(CancellationToken cancellationToken)
    {
        if (messages.TryRead(out var message))
        {
            await WriteAsync(message, cancellationToken);
        }
    }

    private async Task HandleAsync(WebSocketMessageType form, CancellationToken cancellationToken)
    {
        _text = form == WebSocketMessageType.Text;
        var answer = TryRead(out var request, out var error)
            ? await HandleAsync(request!, cancellationToken)
            : error!.ToResponse();
        if (answer is not null)
        {
            await WriteAsync(answer, cancellationToken);
        }
    }

    private async ValueTask<NymResponse?> HandleAsync(NymRequest request, CancellationToken cancellationToken)
    {
        var answer = handler.HandleAsync(request, cancellationToken);
        if (!answer.IsCompleted)
        {
            // It may take as long as the mixnet does: what was said before does not wait for it.
            await stream.ReleaseAsync(cancellationToken);
        }

        return await answer;
    }

    private bool TryRead(out NymRequest? request, out NymCodecError? error) => _text
        ? JsonCodec.TryReadRequest(_incoming.WrittenMemory, out request, out error)
        : BinaryCodec.TryReadRequest(_incoming.WrittenMemory, out request, out error);

    private async ValueTask WriteAsync(NymResponse response, CancellationToken cancellationToken)
    {
        _outgoing.ResetWrittenCount();
        if (_text)
        {
            JsonCodec.Write(_outgoing, response);
        }
        else
        {
            BinaryCodec.Write(_outgoing, response);
        }

        var form = _text ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
        await socket.SendAsync(_outgoing.WrittenMemory, form, endOfMessage: true, cancellationToken);
        if (stream.Held > MaxHeld)
        {
            await stream.ReleaseAsync(cancellationToken);
            stream.Hold();
        }
    }

    // The form of a whole message in the buffer; null: a Close frame, which is not answered.
    private async Task<WebSocketMessageType?> ReadAsync(CancellationToken cancellationToken)
    {
        _incoming.ResetWrittenCount();
        while (true)
        {
            var read = await socket.ReceiveAsync(_incoming.GetMemory(ReadSize), cancellationToken);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            _incoming.Advance(read.Count);
            if (read.EndOfMessage)
            {
                return read.MessageType;
            }

            if (_incoming.WrittenCount > MaxMessage)
            {
                throw new InvalidDataException("The message is larger than nym-client takes.");
            }
        }
    }
}
