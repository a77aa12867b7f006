using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NymDirectory.Gateway.Protocol;

/// <summary>
/// Prints the JSON that clients get. Compact, with as few escapes as JSON allows: each packet of an answer costs one of the
/// client's reply blocks, and the default escapes would cost some messages a second packet.
/// </summary>
internal static class EnvelopeWriter
{
    private const int UsualSize = 8 * 1024;

    // One long message must not keep its buffer for the rest of the thread's life.
    private const int LargestKept = 64 * 1024;

    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    // The platform's writer asks for 4 KB at a time: a buffer of its own for each message would be five times as long as what is printed.
    [ThreadStatic]
    private static Printer? _printer;

    private static readonly JsonEncodedText Action = JsonEncodedText.Encode("action");
    private static readonly JsonEncodedText Content = JsonEncodedText.Encode("content");
    private static readonly JsonEncodedText Context = JsonEncodedText.Encode("context");
    private static readonly JsonEncodedText Signature = JsonEncodedText.Encode("signature");
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Sequence = JsonEncodedText.Encode("seq");

    /// <summary>Prints one envelope: these four members in this order.</summary>
    /// <param name="form">What stands around the content.</param>
    /// <param name="content">UTF-8 text.</param>
    /// <param name="signature">The node's signature over it, in lower-case hex.</param>
    public static ReadOnlyMemory<byte> Write(AnswerForm form, ReadOnlySpan<byte> content, string signature) =>
        Write(form, content, signature, id: default, sequence: 0);

    /// <summary>Prints one envelope, with what a client that acknowledges needs as further members.</summary>
    /// <param name="form">What stands around the content.</param>
    /// <param name="content">UTF-8 text.</param>
    /// <param name="signature">The node's signature over it, in lower-case hex.</param>
    /// <param name="id">16 bytes, or empty: then these members are left out.</param>
    /// <param name="sequence">The message's number among those of its sender.</param>
    public static ReadOnlyMemory<byte> Write(
        AnswerForm form, ReadOnlySpan<byte> content, string signature, ReadOnlySpan<byte> id, ulong sequence)
    {
        var printer = _printer ??= new Printer();
        var writer = printer.Begin();
        writer.WriteStartObject();
        writer.WriteString(Action, form.Action);
        writer.WriteString(Content, content);
        writer.WriteString(Context, form.Context);
        writer.WriteString(Signature, signature);
        if (!id.IsEmpty)
        {
            writer.WriteString(Id, Convert.ToHexStringLower(id));
            writer.WriteNumber(Sequence, sequence);
        }

        writer.WriteEndObject();
        return printer.End();
    }

    /// <summary>A JSON string with its quotes, escaped as little as JSON allows.</summary>
    public static string Quote(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    [SuppressMessage("Design", "CA1001", Justification = "Lives as long as its thread, and writes to memory.")]
    private sealed class Printer
    {
        private readonly Utf8JsonWriter _writer;
        private ArrayBufferWriter<byte> _buffer = new(UsualSize);

        public Printer() => _writer = new Utf8JsonWriter(_buffer, Options);

        public Utf8JsonWriter Begin()
        {
            _buffer.ResetWrittenCount();
            _writer.Reset(_buffer);
            return _writer;
        }

        public byte[] End()
        {
            _writer.Flush();
            var printed = _buffer.WrittenSpan.ToArray();
            if (_buffer.Capacity > LargestKept)
            {
                _buffer = new ArrayBufferWriter<byte>(UsualSize);
            }

            return printed;
        }
    }
}
