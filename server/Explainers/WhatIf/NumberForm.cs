using System.Globalization;

namespace ExplainLsp.Explainers.WhatIf;

/// <summary>How a file writes the numbers of a column: with how many decimals, and whether always with as many.</summary>
internal sealed class NumberForm
{
    // Beyond this many decimals a double is not rounded any more.
    private const int MostDecimals = 15;

    private readonly int decimals;
    private readonly bool padded;

    private NumberForm(int decimals, bool padded)
    {
        this.decimals = decimals;
        this.padded = padded;
    }

    /// <summary>The form of a column.</summary>
    /// <param name="texts">Cells of it; what is no number does not count.</param>
    /// <param name="elementType">The type that the model takes.</param>
    public static NumberForm Of(IEnumerable<string> texts, Type elementType)
    {
        if (elementType != typeof(float) && elementType != typeof(double))
            return new NumberForm(0, false);
        int[] seen = [.. texts.Select(Decimals).OfType<int>().Distinct()];
        return seen.Length == 0 ? new NumberForm(MostDecimals, false) : new NumberForm(Math.Min(seen.Max(), MostDecimals), seen.Length == 1);
    }

    /// <summary>A number as the column would hold it, within bounds where one such lies within them; the same as the cell's text reads back to.</summary>
    public double Round(double number, double low, double high)
    {
        if (decimals == MostDecimals)
            return Math.Clamp(number, low, high);
        double step = Math.Pow(10, -decimals);
        double rounded = Math.Round(number, decimals);
        rounded = rounded < low ? Math.Round(rounded + step, decimals) : rounded > high ? Math.Round(rounded - step, decimals) : rounded;
        return rounded >= low && rounded <= high ? rounded : Math.Clamp(number, low, high);
    }

    /// <summary>A number of the column as text.</summary>
    public string Text(double number)
    {
        number = number == 0 ? 0 : number;
        return padded && decimals < MostDecimals && Math.Abs(number) < 1e15
            ? number.ToString($"F{decimals}", CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture);
    }

    private static int? Decimals(string text)
    {
        string cell = text.Trim();
        if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
            return null;
        int exponent = cell.IndexOfAny(['e', 'E']);
        string digits = exponent < 0 ? cell : cell[..exponent];
        int shift = exponent < 0 ? 0 : int.Parse(cell[(exponent + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        int point = digits.IndexOf('.', StringComparison.Ordinal);
        return Math.Max(0, (point < 0 ? 0 : digits.Length - point - 1) - shift);
    }
}
