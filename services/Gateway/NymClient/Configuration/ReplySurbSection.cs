using System.Globalization;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace NymDirectory.Gateway.NymClient.Configuration;

/// <summary>
/// <c>[debug.reply_surbs]</c> in nym-client's config.toml. Only the two values are written, where they are or where they belong; every other character of the
/// file stays as it is, whoever wrote it. A parser finds the places, because TOML has more ways to say one thing than lines and equals signs.
/// </summary>
internal static class ReplySurbSection
{
    public const string Name = "debug.reply_surbs";
    public const string Threshold = "minimum_reply_surb_storage_threshold";
    public const string Buffer = "minimum_reply_surb_threshold_buffer";

    /// <summary>The text with both values; null when it cannot be told where they belong.</summary>
    public static string? Complete(string text, int threshold, int buffer)
    {
        (string Key, int Value)[] wanted = [(Threshold, threshold), (Buffer, buffer)];
        string? completed = text;
        foreach (var (key, value) in wanted)
        {
            completed = completed is null ? null : Set(completed, key, value.ToString(CultureInfo.InvariantCulture));
        }

        return completed is not null && wanted.All(pair => Says(completed, pair.Key, pair.Value)) ? completed : null;
    }

    private static bool Says(string text, string key, int value) =>
        Parse(text) is { } document && Find(document, $"{Name}.{key}") is [{ Value: IntegerValueSyntax integer }] && integer.Value == value;

    private static string? Set(string text, string key, string value)
    {
        if (Parse(text) is not { } document)
        {
            return null;
        }

        if (Find(document, $"{Name}.{key}") is [{ Value: { } present }])
        {
            return present is IntegerValueSyntax integer && integer.Value.ToString(CultureInfo.InvariantCulture) == value
                ? text
                : string.Concat(text.AsSpan(0, Start(present)), value, text.AsSpan(End(present)));
        }

        return Add(text, document, key, value);
    }

    private static string Add(string text, DocumentSyntax document, string key, string value)
    {
        string newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        if (TomlPath.Tables(document).FirstOrDefault(table => string.Join('.', TomlPath.Parts(table.Name)) == Name) is { } section)
        {
            return InsertLine(text, End(section.CloseBracket!), $"{key} = {value}", newLine);
        }

        if (Find(document, Name) is [{ Value: InlineTableSyntax inline }])
        {
            string comma = inline.Items.ChildrenCount > 0 ? "," : "";
            return text.Insert(End(inline.OpenBrace!), $" {key} = {value}{comma}");
        }

        // A sibling that is written with dots, in whatever table: a header of its own would define the table a second time.
        var sibling = TomlPath.Values(document).FirstOrDefault(item => item.Path.StartsWith(Name + ".", StringComparison.Ordinal));
        return sibling.Syntax is { } beside
            ? InsertLine(text, End(beside.Value!), $"{Beside(beside)}{key} = {value}", newLine)
            : $"{text}{(text.Length == 0 || text.EndsWith('\n') ? "" : newLine)}{newLine}[{Name}]{newLine}{key} = {value}{newLine}";
    }

    // The rest of that line is a comment at most.
    private static string InsertLine(string text, int position, string line, string newLine)
    {
        int end = text.IndexOf('\n', position);
        return end < 0 ? $"{text}{newLine}{line}{newLine}" : text.Insert(end + 1, line + newLine);
    }

    private static string Beside(KeyValueSyntax sibling) => string.Concat(TomlPath.Parts(sibling.Key)[..^1].Select(part => part + "."));

    private static List<KeyValueSyntax> Find(DocumentSyntax document, string path) =>
        [.. TomlPath.Values(document).Where(item => item.Path == path).Select(item => item.Syntax)];

    private static DocumentSyntax? Parse(string text) =>
        SyntaxParser.Parse(text, "config.toml", validate: true) is { HasErrors: false } document ? document : null;

    private static int Start(SyntaxNodeBase node) => node.Span.Start.Offset;

    private static int End(SyntaxNodeBase node) => node.Span.End.Offset + 1;
}
