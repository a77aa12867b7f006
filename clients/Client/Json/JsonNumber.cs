namespace NymDirectory.Client.Json;

/// <summary>A number, as it was written.</summary>
internal sealed class JsonNumber(string written) : JsonValue
{
    /// <summary>The characters of the number.</summary>
    public string Written { get; } = written;
}
