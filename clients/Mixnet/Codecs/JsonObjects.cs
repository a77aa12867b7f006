using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace NymDirectory.Mixnet.Codecs;

/// <summary>Writes one flat JSON object into a frame.</summary>
internal static class JsonObjects
{
    // Frames are never part of a page. The default encoder would make messages, which are JSON themselves, longer by a sixth.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Begins an object with its type, which comes first.</summary>
    public static Utf8JsonWriter Begin(IBufferWriter<byte> output, ReadOnlySpan<byte> type)
    {
        var writer = new Utf8JsonWriter(output, Options);
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
        return writer;
    }

    public static void End(this Utf8JsonWriter writer)
    {
        writer.WriteEndObject();
        writer.Dispose();
    }

    public static void Message(this Utf8JsonWriter writer, ReadOnlySpan<byte> message)
    {
        if (Utf8.IsValid(message))
        {
            writer.WriteString("message"u8, message);
        }
        else
        {
            writer.WriteString("message"u8, Encoding.UTF8.GetString(message));
        }
    }

    public static void ConnectionId(this Utf8JsonWriter writer, ulong? connectionId)
    {
        if (connectionId is { } id)
        {
            writer.WriteNumber("connectionId"u8, id);
        }
    }
}
