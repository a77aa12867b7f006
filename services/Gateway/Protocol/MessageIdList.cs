using System.Buffers;
using System.Text.Json;
using Google.Protobuf;

namespace NymDirectory.Gateway.Protocol;

/// <summary>The <c>ids</c> of a message: those that can be ids, and how many others there were.</summary>
internal sealed class MessageIdList
{
    private const int IdBytes = 16;

    private readonly List<ByteString> _ids = [];

    /// <summary>Those that can be ids, in their order.</summary>
    public IReadOnlyList<ByteString> Ids => _ids;

    /// <summary>How many elements cannot, or were too many.</summary>
    public int Unusable { get; private set; }

    /// <summary>Reads the value at which the reader stands; what is no list has no ids.</summary>
    public static MessageIdList Read(ref Utf8JsonReader reader)
    {
        var list = new MessageIdList();
        var depth = reader.CurrentDepth;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return list;
        }

        while (reader.Read() && reader.CurrentDepth > depth)
        {
            list.Add(ref reader);
        }

        return list;
    }

    private void Add(ref Utf8JsonReader element)
    {
        Span<byte> id = stackalloc byte[IdBytes];
        if (element.TokenType == JsonTokenType.String && _ids.Count < ProtocolLimits.MaxAckIds && TryRead(element, id))
        {
            _ids.Add(ByteString.CopyFrom(id));
            return;
        }

        Unusable++;
        element.Skip();
    }

    private static bool TryRead(in Utf8JsonReader element, Span<byte> id)
    {
        var text = element.ValueIsEscaped ? JsonEscapes.Resolve(element.ValueSpan, out _).Span : element.ValueSpan;
        return text.Length == 2 * IdBytes && Convert.FromHexString(text, id, out _, out _) == OperationStatus.Done;
    }
}
