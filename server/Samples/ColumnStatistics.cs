using System.Collections.Immutable;

namespace ExplainLsp.Samples;

/// <summary>What is known about one column over the rows of a table. Missing cells are left out of everything but their count.</summary>
public sealed class ColumnStatistics
{
    private readonly double[] sorted;

    private ColumnStatistics(int count, double[] sorted, ImmutableArray<CategoryCount> categories, int mostFrequentRow)
    {
        Count = count;
        this.sorted = sorted;
        Categories = categories;
        MostFrequentRow = mostFrequentRow;
        Mean = sorted.Length == 0 ? double.NaN : sorted.Sum() / sorted.Length;
        StandardDeviation = sorted.Length == 0 ? double.NaN : Deviation();
    }

    /// <summary>Cells, missing ones included.</summary>
    public int Count { get; }

    /// <summary>Missing cells.</summary>
    public int Missing => Count - Categories.Sum(category => category.Count);

    /// <summary>
    /// Distinct values with how often they occur, most frequent first, equals in order of appearance; numbers by their value, spelled as
    /// where they first appear. Empty texts are missing.
    /// </summary>
    public ImmutableArray<CategoryCount> Categories { get; }

    /// <summary>The smallest number; NaN for text columns and when all cells are missing.</summary>
    public double Minimum => Quantile(0);

    /// <summary>The largest number; NaN as <see cref="Minimum"/>.</summary>
    public double Maximum => Quantile(1);

    /// <summary>The median; NaN as <see cref="Minimum"/>.</summary>
    public double Median => Quantile(0.5);

    /// <summary>The arithmetic mean; NaN as <see cref="Minimum"/>.</summary>
    public double Mean { get; }

    /// <summary>The standard deviation of the population (divided by n, as NumPy and LIME do); NaN as <see cref="Minimum"/>.</summary>
    public double StandardDeviation { get; }

    /// <summary>A row (index into the table) that holds the most frequent value; row 0 when all cells are missing.</summary>
    internal int MostFrequentRow { get; }

    /// <summary>A quantile with linear interpolation between order statistics (NumPy's default; Hyndman and Fan 1996, type 7).</summary>
    /// <param name="probability">0 to 1.</param>
    public double Quantile(double probability)
    {
        if (sorted.Length == 0)
            return double.NaN;
        var at = Math.Clamp(probability, 0, 1) * (sorted.Length - 1);
        var below = (int)at;
        var above = Math.Min(below + 1, sorted.Length - 1);
        var fraction = at - below;
        // Equal neighbours first: infinite values would give NaN.
        return sorted[below] == sorted[above] || fraction == 0 ? sorted[below] : sorted[below] + (fraction * (sorted[above] - sorted[below]));
    }

    internal static ColumnStatistics Of(EncodedTable table, int column)
    {
        if (!table.Encoder.Columns[column].IsNumeric)
        {
            var texts = Enumerable.Range(0, table.RowCount).Select(row => table.Text(row, column)).ToArray();
            var (categories, first) = CountCategories(texts, row => texts[row].Length == 0, row => texts[row]);
            return new ColumnStatistics(table.RowCount, [], categories, first);
        }
        var numbers = new double[table.RowCount];
        for (var row = 0; row < numbers.Length; row++)
            numbers[row] = table.Number(row, column);
        var (values, firstRow) = CountCategories(numbers, row => double.IsNaN(numbers[row]), row => table.Text(row, column));
        var sorted = Array.FindAll(numbers, number => !double.IsNaN(number));
        Array.Sort(sorted);
        return new ColumnStatistics(table.RowCount, sorted, values, firstRow);
    }

    private static (ImmutableArray<CategoryCount> Categories, int FirstRow) CountCategories<T>(
        T[] cells, Func<int, bool> missing, Func<int, string> text)
        where T : notnull
    {
        var found = new Dictionary<T, (int First, int Count)>();
        for (var row = 0; row < cells.Length; row++)
        {
            if (!missing(row))
                found[cells[row]] = found.TryGetValue(cells[row], out var known) ? (known.First, known.Count + 1) : (row, 1);
        }
        var ordered = found.Values.OrderByDescending(value => value.Count).ThenBy(value => value.First).ToArray();
        return ([.. ordered.Select(value => new CategoryCount(text(value.First), value.Count))], ordered is [var most, ..] ? most.First : 0);
    }

    private double Deviation()
    {
        var squares = 0.0;
        foreach (var value in sorted)
            squares += (value - Mean) * (value - Mean);
        return Math.Sqrt(squares / sorted.Length);
    }
}

/// <summary>A distinct value of a column and how often it occurs.</summary>
/// <param name="Value">The value as the user wrote it.</param>
/// <param name="Count">How often it occurs.</param>
public readonly record struct CategoryCount(string Value, int Count);
