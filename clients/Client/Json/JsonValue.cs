namespace NymDirectory.Client.Json;

/// <summary>
/// JSON as Python's <c>json.loads</c> keeps it: members in order, whole numbers digit for digit, lone surrogates as they are. System.Text.Json's own
/// documents refuse the last, and a signature may cover them.
/// </summary>
internal abstract class JsonValue
{
    /// <summary>The member of that name, when this is an object that has it.</summary>
    public JsonValue? this[string name] => this is JsonMembers members && members.Items.TryGetValue(name, out var value) ? value : null;

    /// <summary>The text of the member of that name, when there is one and it is a string.</summary>
    public string? Text(string name) => (this[name] as JsonText)?.Value;
}
