using System.Collections.Immutable;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>
/// An order of a column's categories in which neighbours resemble each other in the other columns, so that a step from one to the next
/// stays near the data (Apley and Zhu 2020, section 5.1.4): distances of two categories are Kolmogorov-Smirnov distances of numbers and
/// half the difference of shares of categories, summed over the columns; the order is that of the first axis of classical scaling.
/// </summary>
internal static class CategoryOrder
{
    private const int Quantiles = 50;
    private const int Iterations = 200;
    private const int MostRows = 5000;

    /// <summary>A grid with the same categories in that order, the one that comes first in ordinal order in its lower half.</summary>
    public static FeatureGrid BySimilarity(EncodedTable table, ImmutableArray<int> rows, int column, FeatureGrid grid, CancellationToken cancellation)
    {
        int count = grid.Texts.Length;
        if (count < 3)
            return grid;
        rows = [.. RowSelection.EvenSpread(rows.Length, MostRows).Select(i => rows[i])];
        var places = grid.Texts.Select((text, i) => (text, i)).ToDictionary(pair => pair.text, pair => pair.i, StringComparer.Ordinal);
        int[] placeOf = [.. rows.Select(row => places.GetValueOrDefault(table.Text(row, column), -1))];
        double[] distances = new double[count * count];
        for (int other = 0; other < table.ColumnCount; other++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (other != column)
                AddDistances(distances, count, Shares(table, rows, other, placeOf, count), table.Encoder.Columns[other].IsNumeric);
        }
        double[] axis = FirstAxis(distances, count);
        double sign = axis[0] > 0 ? -1 : 1;
        return grid with { Texts = [.. Enumerable.Range(0, count).OrderBy(i => Math.Round(sign * axis[i], 9)).Select(i => grid.Texts[i])] };
    }

    /// <summary>For each category the cumulated shares of its rows below quantiles of a column of numbers, or its shares of a text column's values.</summary>
    private static double[][] Shares(EncodedTable table, ImmutableArray<int> rows, int column, int[] placeOf, int count)
    {
        Func<int, int> binOf;
        int bins;
        bool numeric = table.Encoder.Columns[column].IsNumeric;
        if (numeric)
        {
            double[] sorted = [.. rows.Select(row => table.Number(row, column)).Where(double.IsFinite).Order()];
            double[] points = sorted.Length == 0 ? [] : EffectGrid.Quantiles(sorted, Quantiles);
            bins = points.Length;
            binOf = row => table.Number(row, column) is var number && double.IsFinite(number)
                ? Array.BinarySearch(points, number) is >= 0 and var found ? found : Math.Min(~Array.BinarySearch(points, number), bins - 1)
                : -1;
        }
        else
        {
            ImmutableArray<string> values = FeatureGrid.OfCategories(table, column, FeatureGrid.MostCategories).Texts;
            var known = values.Select((text, i) => (text, i)).ToDictionary(pair => pair.text, pair => pair.i, StringComparer.Ordinal);
            bins = values.Length;
            binOf = row => known.GetValueOrDefault(table.Text(row, column), -1);
        }
        double[][] shares = [.. Enumerable.Range(0, count).Select(_ => new double[bins])];
        int[] totals = new int[count];
        for (int i = 0; i < rows.Length; i++)
        {
            if (placeOf[i] < 0 || binOf(rows[i]) is not (>= 0 and var bin))
                continue;
            shares[placeOf[i]][bin]++;
            totals[placeOf[i]]++;
        }
        for (int place = 0; place < count; place++)
        {
            double sum = 0;
            for (int bin = 0; bin < bins && totals[place] > 0; bin++)
            {
                sum = (numeric ? sum : 0) + (shares[place][bin] / totals[place]);
                shares[place][bin] = sum;
            }
        }
        return shares;
    }

    private static void AddDistances(double[] distances, int count, double[][] shares, bool numeric)
    {
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double sum = 0, largest = 0;
                for (int bin = 0; bin < shares[i].Length; bin++)
                {
                    double off = Math.Abs(shares[i][bin] - shares[j][bin]);
                    sum += off / 2;
                    largest = Math.Max(largest, off);
                }
                distances[(i * count) + j] += numeric ? largest : sum;
                distances[(j * count) + i] = distances[(i * count) + j];
            }
        }
    }

    /// <summary>The leading eigenvector of the doubly centred squared distances (Torgerson 1952), by power iteration.</summary>
    private static double[] FirstAxis(double[] distances, int count)
    {
        double[] squares = [.. distances.Select(distance => distance * distance)];
        double[] means = [.. Enumerable.Range(0, count).Select(i => squares.AsSpan(i * count, count).ToArray().Average())];
        double mean = means.Average();
        double[] axis = [.. Enumerable.Range(0, count).Select(i => i - ((count - 1) / 2.0))];
        double[] next = new double[count];
        // Negative eigenvalues of distances that no plane holds are shifted below the leading one.
        double shift = means.Max();
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            for (int i = 0; i < count; i++)
            {
                next[i] = shift * axis[i];
                for (int j = 0; j < count; j++)
                    next[i] -= 0.5 * (squares[(i * count) + j] - means[i] - means[j] + mean) * axis[j];
            }
            double norm = Math.Sqrt(next.Sum(value => value * value));
            if (norm == 0)
                return axis;
            for (int i = 0; i < count; i++)
                axis[i] = next[i] / norm;
        }
        return axis;
    }
}
