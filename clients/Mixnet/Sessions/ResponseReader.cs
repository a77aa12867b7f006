using System.Net.WebSockets;

namespace NymDirectory.Mixnet.Sessions;

/// <summary>Reads frames of both forms and passes on what they hold: messages to their owner, answers to their requests. It waits for the socket alone.</summary>
internal sealed class ResponseReader(WebSocket socket, UnansweredRequests requests, NymClientSessionOptions options)
{
    /// <summary>Ends at the peer's Close frame; throws when the socket fails.</summary>
    public async Task RunAsync()
    {
        using var frames = new FrameReader(socket, options.MaxMessageBytes);
        while (true)
        {
            switch (await frames.ReadAsync().ConfigureAwait(false))
            {
                case WebSocketMessageType.Close:
                    return;
                case WebSocketMessageType.Binary when BinaryCodec.TryReadResponse(frames.Message, out var response, out _):
                    Take(response);
                    break;
                case WebSocketMessageType.Text when JsonCodec.TryReadResponse(frames.Message, out var response, out _):
                    Take(response);
                    break;
                case null:
                    Drop(NymDropReason.Oversized);
                    break;
                default:
                    Drop(NymDropReason.Unparsable);
                    break;
            }
        }
    }

    private void Take(NymResponse response)
    {
        if (response is ReceivedResponse received)
        {
            // The frame's buffer is used again for the next one.
            options.OnReceived(received with { Message = received.Message.ToArray() });
        }
        else if (!requests.TryAnswer(response))
        {
            Drop(NymDropReason.UnmatchedAnswer);
        }
    }

    private void Drop(NymDropReason reason) => options.OnDropped?.Invoke(reason);
}
