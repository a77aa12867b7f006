using System.Text;

namespace NymDirectory.Client.Json;

/// <summary>
/// Prints JSON as Python's <c>json.dumps</c> does: <c>", "</c> and <c>": "</c>, and everything but printable ASCII as an escape (DEL, 0x7f, too).
/// Inner signatures cover this form.
/// </summary>
internal static class PythonJson
{
    /// <summary>The printed value; ASCII only.</summary>
    public static string Print(JsonValue value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonValue value)
    {
        switch (value)
        {
            case JsonText written:
                AppendString(text, written.Value);
                break;
            case JsonNumber number:
                text.Append(PythonNumber.Print(number.Written));
                break;
            case JsonWord word:
                text.Append(word.Word);
                break;
            case JsonList list:
                AppendList(text, list);
                break;
            case JsonMembers members:
                AppendMembers(text, members);
                break;
        }
    }

    private static void AppendList(StringBuilder text, JsonList list)
    {
        text.Append('[');
        for (var i = 0; i < list.Items.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            Append(text, list.Items[i]);
        }

        text.Append(']');
    }

    private static void AppendMembers(StringBuilder text, JsonMembers members)
    {
        text.Append('{');
        var separator = "";
        foreach (var (name, value) in members)
        {
            text.Append(separator);
            AppendString(text, name);
            text.Append(": ");
            Append(text, value);
            separator = ", ";
        }

        text.Append('}');
    }

    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            AppendCharacter(text, c);
        }

        text.Append('"');
    }

    private static void AppendCharacter(StringBuilder text, char c) => _ = c switch
    {
        '"' => text.Append("\\\""),
        '\\' => text.Append("\\\\"),
        '\n' => text.Append("\\n"),
        '\r' => text.Append("\\r"),
        '\t' => text.Append("\\t"),
        '\b' => text.Append("\\b"),
        '\f' => text.Append("\\f"),
        >= ' ' and <= '~' => text.Append(c),
        _ => text.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture)),
    };
}
