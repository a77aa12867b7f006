using System.Text.Json;
using System.Text.Unicode;

namespace NymDirectory.Gateway.Protocol;

/// <summary>The members of a message that mean something to the node. Given twice, the last one counts.</summary>
internal ref struct RequestMembers
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = ProtocolLimits.MaxDepth };

    public JsonMember Action;
    public JsonMember Username;
    public JsonMember Usernym;
    public JsonMember PublicKey;
    public JsonMember Signature;
    public JsonMember Content;
    public JsonMember Reference;
    public ClientFeatures Features;
    public MessageIdList? Ids;

    /// <summary>Reads the whole message, to its last byte.</summary>
    public DropReason Read(ReadOnlySpan<byte> message)
    {
        if (!Utf8.IsValid(message))
        {
            return DropReason.NotUtf8;
        }

        try
        {
            var reader = new Utf8JsonReader(message, Options);
            return ReadObject(ref reader);
        }
        catch (JsonException)
        {
            return DropReason.NotJson;
        }
    }

    private DropReason ReadObject(ref Utf8JsonReader reader)
    {
        reader.Read();
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        while (isObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadMember(ref reader);
        }

        // What follows the first value is looked at, too: {"action":…} with a tail is not JSON.
        while (reader.Read())
        {
        }

        return isObject ? DropReason.None : DropReason.NotAnObject;
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        var name = reader.ValueIsEscaped ? JsonEscapes.Resolve(reader.ValueSpan, out _).Span : reader.ValueSpan;
        reader.Read();
        if (name.SequenceEqual("features"u8))
        {
            Features = ReadFeatures(ref reader);
            return;
        }

        if (name.SequenceEqual("ids"u8))
        {
            Ids = MessageIdList.Read(ref reader);
            return;
        }

        var value = new JsonMember(reader.TokenType, reader.ValueSpan, reader.ValueIsEscaped);
        reader.Skip();
        switch (name)
        {
            case var _ when name.SequenceEqual("action"u8): Action = value; break;
            case var _ when name.SequenceEqual("username"u8): Username = value; break;
            case var _ when name.SequenceEqual("usernym"u8): Usernym = value; break;
            case var _ when name.SequenceEqual("publicKey"u8): PublicKey = value; break;
            case var _ when name.SequenceEqual("signature"u8): Signature = value; break;
            case var _ when name.SequenceEqual("content"u8): Content = value; break;
            case var _ when name.SequenceEqual("ref"u8): Reference = value; break;
        }
    }

    /// <summary>A list of names; those that the node does not know are none of its business, and what is no list asks for nothing.</summary>
    private static ClientFeatures ReadFeatures(ref Utf8JsonReader reader)
    {
        var features = ClientFeatures.None;
        var (isList, depth) = (reader.TokenType == JsonTokenType.StartArray, reader.CurrentDepth);
        if (!isList)
        {
            reader.Skip();
        }

        while (isList && reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.CurrentDepth == depth + 1 && reader.TokenType == JsonTokenType.String
                && JsonEscapes.Resolve(reader.ValueSpan, out _).Span.SequenceEqual("ack"u8))
            {
                features |= ClientFeatures.Ack;
            }
        }

        return features;
    }
}
