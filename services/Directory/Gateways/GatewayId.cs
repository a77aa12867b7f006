namespace NymDirectory.DirectoryService.Gateways;

/// <summary>A gateway's configured id: 1 to 64 characters of <c>[A-Za-z0-9_.-]</c>.</summary>
internal readonly record struct GatewayId(string Value)
{
    private const int MaxLength = 64;

    public static bool TryParse(string text, out GatewayId id)
    {
        id = new GatewayId(text);
        return text.Length is > 0 and <= MaxLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');
    }
}
