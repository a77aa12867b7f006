using System.Collections;

namespace NymDirectory.Client.Json;

/// <summary>An object. A member given twice keeps its first place and its last value, as in Python.</summary>
internal sealed class JsonMembers : JsonValue, IEnumerable<KeyValuePair<string, JsonValue>>
{
    /// <summary>Its members, in order.</summary>
    public OrderedDictionary<string, JsonValue> Items { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a string member.</summary>
    public void Add(string name, string value) => Items[name] = new JsonText(value);

    /// <summary>Adds a member.</summary>
    public void Add(string name, JsonValue value) => Items[name] = value;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, JsonValue>> GetEnumerator() => Items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
