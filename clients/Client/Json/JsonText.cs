namespace NymDirectory.Client.Json;

/// <summary>A string; it can hold lone surrogates.</summary>
internal sealed class JsonText(string value) : JsonValue
{
    /// <summary>The characters, escapes resolved.</summary>
    public string Value { get; } = value;
}
