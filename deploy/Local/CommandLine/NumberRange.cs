using System.CommandLine;
using System.Globalization;

namespace NymDirectory.Local.CommandLine;

/// <summary>Bounds for options that are numbers.</summary>
internal static class NumberRange
{
    /// <summary>Adds a check. What is no number at all is left to the parser, which says so itself.</summary>
    internal static void Check(Option<int> option, int from, int to) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && (number < from || number > to))
        {
            result.AddError($"{option.Name} takes {from} to {to}.");
        }
    });
}
