using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Figures;
using ExplainLsp.Samples;

namespace ExplainLsp.Server.Features;

/// <summary>What a column of a file holds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rows">Rows of the table.</param>
/// <param name="Missing">Rows without a value.</param>
/// <param name="Numbers">Its numbers in ascending order; empty for a column of text.</param>
/// <param name="Values">The values of a column of text with how often each occurs, the most frequent first; empty for numbers.</param>
internal sealed record ColumnFacts(
    string Name, int Rows, int Missing, ImmutableArray<double> Numbers, ImmutableArray<(string Value, int Count)> Values)
{
    // Beyond that a hover would wait.
    private const int MostRowsRead = 200_000;

    /// <summary>Says of how many rows this is where it is not of all; empty where it is.</summary>
    public string Extent => Rows <= MostRowsRead ? "" : $", in {NumberText.Whole(MostRowsRead)} of {NumberText.Whole(Rows)} rows";

    /// <summary>The middle number; the mean of the two middle ones when their count is even.</summary>
    public double Median => (Numbers[(Numbers.Length - 1) / 2] + Numbers[Numbers.Length / 2]) / 2;

    /// <summary>Reads a column.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">The column's number.</param>
    /// <param name="numeric">Whether it is to be read as numbers; one in which nothing is a number is text anyway.</param>
    /// <param name="cancellation">Stops a long table.</param>
    public static ColumnFacts Of(Table table, int column, bool numeric, CancellationToken cancellation)
    {
        var numbers = new List<double>(numeric ? table.RowCount : 0);
        var values = new Dictionary<string, int>();
        var missing = 0;
        foreach (var row in RowSelection.EvenSpread(table.RowCount, MostRowsRead))
        {
            cancellation.ThrowIfCancellationRequested();

            var cell = table.Cell(row, column).Trim();
            if (IsMissing(cell))
            {
                missing++;
            }
            else if (numeric && Number(cell) is { } number)
            {
                numbers.Add(number);
            }
            else
            {
                values[cell] = values.GetValueOrDefault(cell) + 1;
            }
        }

        numbers.Sort();
        return new ColumnFacts(
            table.Header[column], table.RowCount, missing, [.. numbers],
            numbers.Count > 0 ? [] : [.. values.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value))]);
    }

    /// <summary>The column in a few words: <c>number, 1 to 99, median 40</c>; <c>text, 7 values, most often Private</c>.</summary>
    public string Summary()
    {
        var missing = (Missing > 0 ? $", {NumberText.Whole(Missing)} missing" : "") + Extent;
        if (!Numbers.IsEmpty)
        {
            return $"number, {NumberText.DataValue(Numbers[0])} to {NumberText.DataValue(Numbers[^1])}, median {NumberText.DataValue(Median)}{missing}";
        }

        return Values switch
        {
            [] => "no values",
            [var only] => $"text, always {Words.OneLine(only.Value)}{missing}",
            [var most, ..] => $"text, {NumberText.Whole(Values.Length)} values, most often {Words.OneLine(most.Value)}{missing}",
        };
    }

    /// <summary>
    /// The share of the column's numbers that are smaller, equal ones counted half, in whole %; null for text and missing values.
    /// </summary>
    public int? PercentileOf(string? cell)
    {
        if (cell is null || Numbers.IsEmpty || Number(cell.Trim()) is not { } number)
        {
            return null;
        }

        var (below, upTo) = (Rank(number, orEqual: false), Rank(number, orEqual: true));
        return (int)Math.Round((below + upTo) * 50.0 / Numbers.Length, MidpointRounding.AwayFromZero);
    }

    private int Rank(double number, bool orEqual)
    {
        var (low, high) = (0, Numbers.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Numbers[middle] < number || (orEqual && Numbers[middle] == number))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static bool IsMissing(string cell) =>
        cell.Length == 0 || cell.Equals("NA", StringComparison.OrdinalIgnoreCase) || cell.Equals("NaN", StringComparison.OrdinalIgnoreCase)
        || cell.Equals("null", StringComparison.OrdinalIgnoreCase);

    private static double? Number(string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
