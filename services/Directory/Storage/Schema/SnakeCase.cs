using System.Text;

namespace NymDirectory.DirectoryService.Storage.Schema;

/// <summary>Names columns as SQL is written by hand: <c>RouteGateway</c> is <c>route_gateway</c>.</summary>
internal static class SnakeCase
{
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
