namespace NymDirectory.Client.Protocol;

/// <summary>The form of usernames.</summary>
internal static class Username
{
    private const int MaxNewLength = 64;
    private const int MaxLength = 1024;

    /// <summary>Whether a new name can be registered: the form below, at most 64 characters.</summary>
    public static bool IsFitForNew(string? username) => HasForm(username) && username!.Length <= MaxNewLength;

    /// <summary>Whether it is <c>[A-Za-z0-9_-]+</c>. Names of older nodes can be longer than 64; the limit here is against abuse.</summary>
    public static bool HasForm(string? username) =>
        username is { Length: > 0 and <= MaxLength } && username.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
