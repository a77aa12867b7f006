using System.Buffers;

namespace NymDirectory.DirectoryService.Accounts;

/// <summary>A name that somebody can have: <c>[A-Za-z0-9_-]</c>, case-sensitive. New ones are short; those of older nodes need not be.</summary>
internal readonly record struct Username
{
    private const int MaxNewLength = 64;

    // Older nodes had no limit of their own. Longer ones are not taken over: a look-up must not carry whole pages.
    private const int MaxLength = 1024;

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    private Username(string value) => Value = value;

    public string Value { get; }

    /// <summary>Whether it can be registered: at most 64 characters.</summary>
    public bool IsFitForNew => Value.Length <= MaxNewLength;

    /// <summary>Everything else belongs to nobody, so that it need not be looked up.</summary>
    public static bool TryParse(string text, out Username username)
    {
        var valid = text.Length is > 0 and <= MaxLength && !text.AsSpan().ContainsAnyExcept(Letters);
        username = valid ? new Username(text) : default;
        return valid;
    }

    /// <summary>Says nothing: names do not belong into logs.</summary>
    public override string ToString() => "(redacted)";
}
