using System.Globalization;

namespace ExplainLsp.Samples;

/// <summary>How the text of a cell is read as a value.</summary>
internal static class Cells
{
    private const int LongestQuote = 40;

    /// <summary>Whether a cell says that its value is not known: empty, NA, NaN or null.</summary>
    public static bool IsMissing(ReadOnlySpan<char> cell)
    {
        cell = cell.Trim();
        return cell.Length == 0
            || cell.Equals("na", StringComparison.OrdinalIgnoreCase)
            || cell.Equals("nan", StringComparison.OrdinalIgnoreCase)
            || cell.Equals("null", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads a number with a decimal point; group separators are refused, because 1,234 may mean either.</summary>
    public static bool TryNumber(ReadOnlySpan<char> cell, out double number) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>A cell for a message: on one line, without control characters, not too long.</summary>
    public static string Quote(ReadOnlySpan<char> cell)
    {
        var shown = cell.Length > LongestQuote ? string.Concat(cell[..(LongestQuote - 1)], "…") : cell.ToString();
        return string.Concat(shown.Select(c => char.IsControl(c) ? ' ' : c));
    }
}
