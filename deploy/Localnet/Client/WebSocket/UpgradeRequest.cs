using System.Security.Cryptography;
using System.Text;

namespace NymDirectory.Localnet.Client.WebSocket;

/// <summary>
/// The HTTP request that opens a websocket (RFC 6455, section 4.2), done by hand because what is refused before it matters here.
/// </summary>
internal static class UpgradeRequest
{
    private const int MaxSize = 16 << 10;
    private const string AcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>Reads the request and answers it. False: it ended, or was none.</summary>
    public static async Task<bool> AcceptAsync(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            if (await ReadAsync(stream, cancellationToken) is { } head && TryGetKey(head, out var key))
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(Response(key)), cancellationToken);
                return true;
            }
        }
        catch (IOException)
        {
            // Ended in the middle: the same as an end at the beginning.
        }

        return false;
    }

    private static async Task<string?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxSize];
        var length = 0;
        while (length < MaxSize)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            length += read;
            if (buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
            {
                return Encoding.ASCII.GetString(buffer, 0, length);
            }

            if (read == 0)
            {
                return null;
            }
        }

        return null;
    }

    private static bool TryGetKey(string head, out string key)
    {
        var lines = head.Split("\r\n");
        var fields = lines.Skip(1)
            .Select(line => line.Split(':', 2))
            .Where(field => field.Length == 2)
            .GroupBy(field => field[0].Trim().ToUpperInvariant())
            .ToDictionary(group => group.Key, group => string.Join(',', group.Select(field => field[1].Trim())));
        key = fields.GetValueOrDefault("SEC-WEBSOCKET-KEY", "");
        return lines[0].StartsWith("GET ", StringComparison.Ordinal)
            && lines[0].EndsWith(" HTTP/1.1", StringComparison.Ordinal)
            && fields.GetValueOrDefault("UPGRADE", "").Contains("websocket", StringComparison.OrdinalIgnoreCase)
            && fields.GetValueOrDefault("CONNECTION", "").Contains("upgrade", StringComparison.OrdinalIgnoreCase)
            && fields.GetValueOrDefault("SEC-WEBSOCKET-VERSION") == "13"
            && key.Length > 0;
    }

#pragma warning disable CA5350 // SHA-1 is what RFC 6455 asks for; nothing is protected by it.
    private static string Response(string key) =>
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: "
        + Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + AcceptSuffix)))
        + "\r\n\r\n";
#pragma warning restore CA5350
}
