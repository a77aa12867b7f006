using System.Text.Json;
using System.Text.Unicode;

namespace NymDirectory.Mixnet.Codecs;

/// <summary>The members that requests and responses are made of, as they were found in one JSON object.</summary>
internal sealed class JsonMembers
{
    public string? Type { get; private set; }

    /// <summary>The UTF-8 bytes of the text; a slice of the frame where nothing in it was escaped.</summary>
    public ReadOnlyMemory<byte>? Message { get; private set; }

    public string? Recipient { get; private set; }

    public string? SenderTag { get; private set; }

    public string? Address { get; private set; }

    public uint? ReplySurbs { get; private set; }

    public ulong? ConnectionId { get; private set; }

    public ulong? Lane { get; private set; }

    public ulong? QueueLength { get; private set; }

    /// <summary>Null when the frame is not one JSON object, or a known member has the wrong type or is there twice.</summary>
    public static JsonMembers? Read(ReadOnlyMemory<byte> frame)
    {
        // The reader itself lets bytes through that are not UTF-8.
        if (!Utf8.IsValid(frame.Span))
        {
            return null;
        }

        try
        {
            var members = new JsonMembers();
            return members.ReadObject(frame) ? members : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // Not JSON; a lone surrogate, which has no UTF-8 form; a number that does not fit.
            return null;
        }
    }

    private bool ReadObject(ReadOnlyMemory<byte> frame)
    {
        var reader = new Utf8JsonReader(frame.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!ReadMember(ref reader, frame))
            {
                return false;
            }
        }

        // Reads on to the end: anything after the object throws.
        return !reader.Read();
    }

    private bool ReadMember(ref Utf8JsonReader reader, ReadOnlyMemory<byte> frame)
    {
        var name = reader.GetString();
        reader.Read();
        switch (name)
        {
            case "type":
                return Type is null && (Type = reader.GetString()) is not null;
            case "message":
                return Message is null && (Message = ReadText(ref reader, frame)) is not null;
            case "recipient":
                return Recipient is null && (Recipient = reader.GetString()) is not null;
            case "senderTag":
                return SenderTag is null && ((SenderTag = reader.GetString()) is not null || reader.TokenType == JsonTokenType.Null);
            case "address":
                return Address is null && (Address = reader.GetString()) is not null;
            case "replySurbs":
                return ReplySurbs is null && (ReplySurbs = reader.GetUInt32()) is not null;
            case "connectionId":
                return ConnectionId is null && (reader.TokenType == JsonTokenType.Null || (ConnectionId = reader.GetUInt64()) is not null);
            case "lane":
                return Lane is null && (Lane = reader.GetUInt64()) is not null;
            case "queue_length":
                return QueueLength is null && (QueueLength = reader.GetUInt64()) is not null;
            default:
                reader.Skip();
                return true;
        }
    }

    private static ReadOnlyMemory<byte>? ReadText(ref Utf8JsonReader reader, ReadOnlyMemory<byte> frame)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return null;
        }

        if (!reader.ValueIsEscaped)
        {
            return frame.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        }

        var text = new byte[reader.ValueSpan.Length];
        return text.AsMemory(0, reader.CopyString(text));
    }
}
