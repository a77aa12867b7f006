namespace NymDirectory.DirectoryService.Accounts;

/// <summary>A name as it can be registered: 1 to 64 characters of <c>[A-Za-z0-9_-]</c>, case-sensitive.</summary>
internal readonly record struct Username
{
    private const int MaxLength = 64;

    private Username(string value) => Value = value;

    public string Value { get; }

    /// <summary>Everything else belongs to nobody, so that it need not be looked up.</summary>
    public static bool TryParse(string text, out Username username)
    {
        var valid = text.Length is > 0 and <= MaxLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
        username = valid ? new Username(text) : default;
        return valid;
    }

    /// <summary>Says nothing: names do not belong into logs.</summary>
    public override string ToString() => "(redacted)";
}
