using System.Text;

namespace NymDirectory.Gateway.NymClient.Processes;

/// <summary>Arguments that an operator wrote as one line.</summary>
internal static class ArgumentLine
{
    /// <summary>Splits at white space; single or double quotes keep it, and nothing else is special.</summary>
    public static IReadOnlyList<string> Split(string line)
    {
        var arguments = new List<string>();
        StringBuilder? current = null;
        char quote = '\0';
        foreach (char character in line)
        {
            if (character is '"' or '\'' && (quote == '\0' || quote == character))
            {
                quote = quote == '\0' ? character : '\0';
                current ??= new StringBuilder();
            }
            else if (quote == '\0' && char.IsWhiteSpace(character))
            {
                AddTo(arguments, ref current);
            }
            else
            {
                (current ??= new StringBuilder()).Append(character);
            }
        }

        AddTo(arguments, ref current);
        return arguments;
    }

    private static void AddTo(List<string> arguments, ref StringBuilder? current)
    {
        if (current is not null)
        {
            arguments.Add(current.ToString());
            current = null;
        }
    }
}
