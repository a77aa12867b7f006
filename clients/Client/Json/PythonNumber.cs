using System.Globalization;

namespace NymDirectory.Client.Json;

/// <summary>
/// Prints a number that Python read and prints again: whole numbers stay digit for digit, others become what <c>repr</c> makes of a double.
/// </summary>
internal static class PythonNumber
{
    // repr writes doubles with an exponent when the decimal point would stand outside these places.
    private const int SmallestFixedPoint = -4;
    private const int LargestFixedPoint = 16;

    /// <summary>The number as Python prints it.</summary>
    public static string Print(string written)
    {
        if (written.AsSpan().IndexOfAny(".eE") >= 0)
        {
            return PrintDouble(double.Parse(written, NumberStyles.Float, CultureInfo.InvariantCulture));
        }

        return written == "-0" ? "0" : written;
    }

    private static string PrintDouble(double value)
    {
        var sign = double.IsNegative(value) ? "-" : "";
        if (double.IsInfinity(value))
        {
            return sign + "Infinity";
        }

        var (digits, point) = ShortestDigits(Math.Abs(value));
        return sign + (point is > SmallestFixedPoint and <= LargestFixedPoint ? Fixed(digits, point) : Exponential(digits, point - 1));
    }

    /// <summary>The fewest digits that read back as the same double, and where the decimal point stands among them.</summary>
    private static (string Digits, int Point) ShortestDigits(double value)
    {
        if (value == 0)
        {
            return ("0", 1);
        }

        var parts = value.ToString("R", CultureInfo.InvariantCulture).Split('E');
        var mantissa = parts[0].Split('.');
        var exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        var all = string.Concat(mantissa);
        var digits = all.TrimStart('0');
        return (digits.TrimEnd('0'), mantissa[0].Length + exponent - (all.Length - digits.Length));
    }

    private static string Fixed(string digits, int point)
    {
        if (point <= 0)
        {
            return "0." + new string('0', -point) + digits;
        }

        var padded = digits.PadRight(point, '0');
        return $"{padded[..point]}.{(padded.Length > point ? padded[point..] : "0")}";
    }

    private static string Exponential(string digits, int exponent)
    {
        var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }
}
