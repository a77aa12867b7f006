using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace NymDirectory.EndToEnd.Users;

/// <summary>Prints JSON as Python's <c>json.dumps</c> does: a second opinion, independent of the library's own printer.</summary>
internal static class PythonJson
{
    public static string Print(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject members => "{" + string.Join(", ", members.Select(member => Quote(member.Key) + ": " + Print(member.Value))) + "}",
        JsonArray items => "[" + string.Join(", ", items.Select(Print)) + "]",
        JsonValue value when value.TryGetValue<string>(out var text) => Quote(text),
        _ => node.ToJsonString(),
    };

    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                >= ' ' and < '\x7f' => c.ToString(),
                _ => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
            });
        }

        return quoted.Append('"').ToString();
    }
}
