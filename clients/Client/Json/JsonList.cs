namespace NymDirectory.Client.Json;

/// <summary>An array.</summary>
internal sealed class JsonList : JsonValue
{
    /// <summary>Its items, in order.</summary>
    public List<JsonValue> Items { get; } = [];
}
