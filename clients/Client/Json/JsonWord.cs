namespace NymDirectory.Client.Json;

/// <summary><c>true</c>, <c>false</c> or <c>null</c>.</summary>
internal sealed class JsonWord : JsonValue
{
    /// <summary>The word <c>true</c>.</summary>
    public static readonly JsonWord True = new("true");

    /// <summary>The word <c>false</c>.</summary>
    public static readonly JsonWord False = new("false");

    /// <summary>The word <c>null</c>.</summary>
    public static readonly JsonWord Null = new("null");

    private JsonWord(string word) => Word = word;

    /// <summary>The word itself.</summary>
    public string Word { get; }
}
