using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>The values that a column is set to, one after another, while the others stay.</summary>
/// <param name="Texts">The values as text.</param>
/// <param name="Numbers">The values as numbers, ascending; empty for text columns.</param>
public sealed record FeatureGrid(ImmutableArray<string> Texts, ImmutableArray<double> Numbers)
{
    /// <summary>Categories that a grid of a text column has at most: the most frequent.</summary>
    public const int MostCategories = 100;

    /// <summary>Categories of the data that are not in the grid.</summary>
    public int LeftOut { get; init; }

    /// <summary>
    /// A grid from the data. Text columns: the distinct values in ordinal order, of more than 100 the most frequent. Numbers: the distinct values when there are fewer than
    /// <paramref name="points"/>, else points at equal distances between the 5 % and the 95 % quantile, as scikit-learn (quantiles as
    /// SciPy's mquantiles: Hyndman and Fan 1996 with α = β = 0.4); between minimum and maximum where these two quantiles are the same.
    /// Whole-number columns take the nearest whole numbers.
    /// </summary>
    /// <param name="table">The rows.</param>
    /// <param name="column">A column of them, by number.</param>
    /// <param name="points">2 or more.</param>
    public static FeatureGrid Of(EncodedTable table, int column, int points)
    {
        FeatureColumn feature = table.Encoder.Columns[column];
        if (!feature.IsNumeric)
            return OfCategories(table, column, MostCategories);

        double[] sorted = [.. Enumerable.Range(0, table.RowCount).Select(row => table.Number(row, column)).Where(double.IsFinite).Order()];
        double[] distinct = [.. sorted.Distinct()];
        if (distinct.Length < points)
            return OfNumbers(distinct, feature.ElementType);
        double low = Quantile(sorted, 0.05);
        double high = Quantile(sorted, 0.95);
        if (low == high)
            (low, high) = (sorted[0], sorted[^1]);
        return Between(low, high, points, feature.ElementType);
    }

    /// <summary>A grid of a text column: its most frequent values in ordinal order.</summary>
    public static FeatureGrid OfCategories(EncodedTable table, int column, int most)
    {
        ImmutableArray<CategoryCount> categories = table.Statistics(column).Categories;
        return new FeatureGrid([.. categories.Take(most).Select(category => category.Value).Order(StringComparer.Ordinal)], [])
        {
            LeftOut = Math.Max(0, categories.Length - most),
        };
    }

    /// <summary>Points at equal distances, both ends among them.</summary>
    public static FeatureGrid Between(double low, double high, int points, Type elementType)
    {
        // As numpy.linspace: the last point is the end itself.
        double step = (high - low) / (points - 1);
        return OfNumbers(Enumerable.Range(0, points).Select(i => i == points - 1 ? high : low + (i * step)), elementType);
    }

    /// <summary>
    /// A grid that shows where a curve bends: every whole number between the extremes where all values are whole and these are at most
    /// <paramref name="points"/> times two; else the distinct values, or that many quantiles of them when there are more.
    /// </summary>
    /// <param name="values">Values that the column takes; those that are not finite do not count.</param>
    /// <param name="elementType">The type that the model takes.</param>
    /// <param name="points">2 or more.</param>
    public static FeatureGrid Across(IEnumerable<double> values, Type elementType, int points)
    {
        double[] distinct = [.. values.Where(double.IsFinite).Distinct().Order()];
        if (distinct.Length > 1 && distinct.All(double.IsInteger) && distinct[^1] - distinct[0] < 2 * points)
            return OfNumbers(Enumerable.Range(0, (int)(distinct[^1] - distinct[0]) + 1).Select(i => distinct[0] + i), elementType);
        return distinct.Length <= points
            ? OfNumbers(distinct, elementType)
            : OfNumbers(Enumerable.Range(0, points).Select(i => distinct[(int)((long)i * (distinct.Length - 1) / (points - 1))]), elementType);
    }

    /// <summary>A grid of numbers, ascending and each once, rounded where the column takes whole numbers.</summary>
    public static FeatureGrid OfNumbers(IEnumerable<double> numbers, Type elementType)
    {
        bool whole = elementType != typeof(float) && elementType != typeof(double);
        ImmutableArray<double> grid = [.. numbers.Select(number => whole ? Math.Round(number) : number).Distinct().Order()];
        return new FeatureGrid([.. grid.Select(number => Text(number, elementType))], grid);
    }

    /// <summary>The same grid with one more value, in its place.</summary>
    public FeatureGrid With(double number, Type elementType) =>
        Numbers.Contains(number) || !double.IsFinite(number) ? this : OfNumbers(Numbers.Add(number), elementType);

    /// <summary>Writes a value of the grid into a column of a batch's rows <paramref name="at"/> to <paramref name="at"/> + <paramref name="count"/>.</summary>
    internal void Set(EncodedTable table, InputBatch batch, int column, int at, int count, int point)
    {
        if (Numbers.IsEmpty)
            table.SetColumn(batch, column, at, count, Texts[point]);
        else
            table.SetColumn(batch, column, at, count, Numbers[point]);
    }

    /// <summary>As short as the model's own type allows: a single-precision input does not tell more digits apart.</summary>
    private static string Text(double number, Type elementType) => elementType == typeof(float)
        ? ((float)number).ToString("R", CultureInfo.InvariantCulture)
        : number.ToString("R", CultureInfo.InvariantCulture);

    private static double Quantile(double[] sorted, double probability)
    {
        double at = (sorted.Length * probability) + 0.4 + (0.2 * probability);
        double below = Math.Floor(Math.Clamp(at, 1, sorted.Length - 1));
        double fraction = Math.Clamp(at - below, 0, 1);
        int index = (int)below;
        return ((1 - fraction) * sorted[index - 1]) + (fraction * sorted[index]);
    }
}
