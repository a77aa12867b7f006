using Tomlyn.Syntax;

namespace NymDirectory.Gateway.NymClient.Configuration;

/// <summary>Keys of a TOML file as paths: <c>[debug]</c> with <c>reply_surbs.x = 1</c> and <c>[debug.reply_surbs]</c> with <c>x = 1</c> are one and the same.</summary>
internal static class TomlPath
{
    /// <summary>The parts of a key, without quotes.</summary>
    public static string[] Parts(KeySyntax? key) =>
        key is null ? [] : [Part(key.Key), .. key.DotKeys.OfType<DottedKeyItemSyntax>().Select(item => Part(item.Key))];

    /// <summary>Every key with a value, with its whole path; those of inline tables as well. Arrays of tables are left out.</summary>
    public static IEnumerable<(string Path, KeyValueSyntax Syntax)> Values(DocumentSyntax document) =>
        Values([], document.KeyValues).Concat(Tables(document).SelectMany(table => Values(Parts(table.Name), table.Items)));

    /// <summary>The tables that have a header of their own.</summary>
    public static IEnumerable<TableSyntax> Tables(DocumentSyntax document) => document.Tables.OfType<TableSyntax>();

    private static IEnumerable<(string Path, KeyValueSyntax Syntax)> Values(string[] above, IEnumerable<SyntaxNode> items)
    {
        foreach (var item in items.OfType<KeyValueSyntax>())
        {
            string[] path = [.. above, .. Parts(item.Key)];
            yield return (string.Join('.', path), item);
            if (item.Value is InlineTableSyntax inline)
            {
                foreach (var inner in Values(path, inline.Items.OfType<InlineTableItemSyntax>().Select(entry => entry.KeyValue).OfType<KeyValueSyntax>()))
                {
                    yield return inner;
                }
            }
        }
    }

    private static string Part(BareKeyOrStringValueSyntax? part) => part switch
    {
        BareKeySyntax bare => bare.Key?.Text ?? "",
        StringValueSyntax quoted => quoted.Value ?? "",
        _ => "",
    };
}
