using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NymDirectory.Gateway.Protocol;

/// <summary>
/// Prints the JSON that clients get. Compact, with as few escapes as JSON allows: each packet of an answer costs one of the
/// client's reply blocks, and the default escapes would cost some messages a second packet.
/// </summary>
internal static class EnvelopeWriter
{
    private const int RoomAroundContent = 256;

    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly JsonEncodedText Action = JsonEncodedText.Encode("action");
    private static readonly JsonEncodedText Content = JsonEncodedText.Encode("content");
    private static readonly JsonEncodedText Context = JsonEncodedText.Encode("context");
    private static readonly JsonEncodedText Signature = JsonEncodedText.Encode("signature");

    /// <summary>Prints one envelope: these four members in this order.</summary>
    /// <param name="form">What stands around the content.</param>
    /// <param name="content">UTF-8 text.</param>
    /// <param name="signature">The node's signature over it, in lower-case hex.</param>
    public static ReadOnlyMemory<byte> Write(AnswerForm form, ReadOnlySpan<byte> content, string signature)
    {
        var buffer = new ArrayBufferWriter<byte>(RoomAroundContent + content.Length + (content.Length / 4));
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString(Action, form.Action);
            writer.WriteString(Content, content);
            writer.WriteString(Context, form.Context);
            writer.WriteString(Signature, signature);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>A JSON string with its quotes, escaped as little as JSON allows.</summary>
    public static string Quote(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";
}
