using System.Globalization;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>
/// The points between which local effects of a column of numbers are measured, as alibi chooses them: the distinct values where there
/// are at most ten, else as many quantiles as leave more than a number of rows between any two.
/// </summary>
internal static class EffectGrid
{
    private const int FewValues = 10;

    /// <summary>A column's numbers in some rows, in double precision as the user wrote them; NaN where missing.</summary>
    public static double[] Numbers(EncodedTable table, IReadOnlyList<int> rows, int column) => [.. rows.Select(row =>
        double.TryParse(table.Text(row, column), NumberStyles.Float, CultureInfo.InvariantCulture, out double written) && (float)written == (float)table.Number(row, column)
            ? written : table.Number(row, column))];

    /// <summary>The points, ascending: none where there are no values, one where they are all the same.</summary>
    /// <param name="sorted">The values, ascending, none missing.</param>
    /// <param name="fewest">Every interval holds more rows than this.</param>
    public static double[] Adaptive(double[] sorted, int fewest)
    {
        double[] distinct = [.. sorted.Distinct()];
        if (distinct.Length <= FewValues)
            return distinct;
        // The search of alibi: the property is not monotonic, so another search could end elsewhere.
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Holds(sorted, Quantiles(sorted, middle), fewest))
                low = middle + 1;
            else
                high = middle;
        }
        return Quantiles(sorted, Math.Max(2, low - 1));
    }

    /// <summary>Distinct quantiles at equal steps from the smallest to the largest value (Hyndman and Fan 1996, type 7, in NumPy's arithmetic).</summary>
    /// <param name="sorted">The values, ascending, 1 or more.</param>
    /// <param name="count">Quantiles before equal ones are merged.</param>
    public static double[] Quantiles(double[] sorted, int count)
    {
        double[] quantiles = new double[count];
        double step = 100.0 / Math.Max(1, count - 1);
        for (int i = 0; i < count; i++)
        {
            double at = (sorted.Length - 1) * ((i == count - 1 && count > 1 ? 100 : i * step) / 100);
            int below = Math.Min((int)at, sorted.Length - 1);
            double from = sorted[below], to = sorted[Math.Min(below + 1, sorted.Length - 1)], fraction = at - below;
            quantiles[i] = fraction >= 0.5 ? to - ((to - from) * (1 - fraction)) : from + ((to - from) * fraction);
        }
        return [.. quantiles.Distinct().Order()];
    }

    /// <summary>The interval of a value: i where it lies above point i and up to point i + 1; the smallest value belongs to the first.</summary>
    public static int Interval(ReadOnlySpan<double> points, double value)
    {
        int found = points.BinarySearch(value);
        return Math.Clamp((found >= 0 ? found : ~found) - 1, 0, Math.Max(0, points.Length - 2));
    }

    private static bool Holds(double[] sorted, double[] points, int fewest)
    {
        int start = 0;
        for (int i = 1; i < points.Length; i++)
        {
            int end = start;
            while (end < sorted.Length && sorted[end] <= points[i])
                end++;
            if (end - start <= fewest)
                return false;
            start = end;
        }
        return points.Length > 1 || sorted.Length > fewest;
    }
}
