using System.Text;
using System.Text.Json;

namespace NymDirectory.Gateway.Protocol;

/// <summary>The value of one member as it stands in a message that was checked to be UTF-8 JSON.</summary>
internal readonly ref struct JsonMember
{
    private readonly ReadOnlySpan<byte> _raw;
    private readonly bool _escaped;

    /// <summary>The value at which the reader stands.</summary>
    public JsonMember(JsonTokenType type, ReadOnlySpan<byte> raw, bool escaped)
    {
        IsString = type == JsonTokenType.String;
        _raw = raw;
        _escaped = escaped;
    }

    /// <summary>False for a value of another type and for a member that is not there: both count as missing.</summary>
    public bool IsString { get; }

    /// <summary>False also for the empty string, which existing nodes count as missing.</summary>
    public bool HasText => IsString && !_raw.IsEmpty;

    /// <summary>
    /// The text; null when missing. A lone surrogate becomes U+FFFD, which no name, key or signature can hold, so that whoever
    /// judges the text comes to the answer that an invalid one gets.
    /// </summary>
    public string? Text => !IsString ? null : Encoding.UTF8.GetString(_escaped ? JsonEscapes.Resolve(_raw, out _).Span : _raw);

    /// <summary>The text as UTF-8, in an array of its own.</summary>
    /// <param name="wellFormed">False when there was a lone surrogate: then the text has no UTF-8 form.</param>
    public ReadOnlyMemory<byte> Utf8(out bool wellFormed)
    {
        wellFormed = true;
        return _escaped ? JsonEscapes.Resolve(_raw, out wellFormed) : _raw.ToArray();
    }
}
