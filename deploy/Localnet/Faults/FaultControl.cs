using System.Net.Sockets;
using System.Text.Json;
using NymDirectory.Localnet.CommandLine;
using NymDirectory.Localnet.Hub;

namespace NymDirectory.Localnet.Faults;

/// <summary>Sends a command to the hub and reads its report.</summary>
internal static class FaultControl
{
    /// <summary>Sends it.</summary>
    /// <exception cref="UserErrorException">There is no hub, or it is something else.</exception>
    public static async Task<FaultReport> SendAsync(HubEndpoint hub, FaultCommand command, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(hub.Host, hub.Port, cancellationToken);
            await using var frames = new FrameStream(client.GetStream(), capacity: 1);
            frames.TryWrite(FrameKind.Command, JsonSerializer.SerializeToUtf8Bytes(command, FaultJson.Default.FaultCommand));
            frames.Complete();
            await frames.RunWriterAsync(cancellationToken);
            if (await frames.ReadAsync(cancellationToken) is { Kind: FrameKind.Report } report)
            {
                return JsonSerializer.Deserialize(report.Body, FaultJson.Default.FaultReport)!;
            }
        }
        catch (SocketException)
        {
            throw new UserErrorException($"There is no Localnet hub at {hub}; start one with 'hub'");
        }
        catch (Exception e) when (e is IOException or InvalidDataException or JsonException)
        {
            // Falls through: for the caller it is one and the same.
        }

        throw new UserErrorException($"What listens at {hub} is not a Localnet hub");
    }
}
