using System.Collections.Immutable;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>
/// How the prediction moves as one column of a row moves while the others stay (individual conditional expectation; Goldstein et al.
/// 2015), and its average over rows (partial dependence; Friedman 2001), by brute force: every row is run with every grid value.
/// </summary>
public static class IceCurve
{
    /// <summary>The curve of one row over a given grid, beside the average over background rows.</summary>
    /// <param name="predictor">The model and the target.</param>
    /// <param name="row">The row.</param>
    /// <param name="column">The feature, by number in the row.</param>
    /// <param name="grid">The values that the column takes.</param>
    /// <param name="background">Rows to average over; 1 or more.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    /// <returns>A curve whose only individual one is the row's.</returns>
    public static Curve Compute(
        Predictor predictor, TableRow row, int column, FeatureGrid grid, EncodedTable background, CancellationToken cancellation)
    {
        ImmutableArray<int> all = [.. Enumerable.Range(0, background.RowCount)];
        var runner = new RowRunner(predictor, background, (long)grid.Texts.Length * (background.RowCount + 1), null);
        double[][] average = Values(runner, background, all, column, grid, cancellation);
        double[][] own = Values(runner, row.Table, [row.Index], column, grid, cancellation);
        return new Curve(
            grid.Texts, grid.Numbers, [.. average.Select(values => values.Average())],
            [row.Table.RowNumbers[row.Index]], [[.. own.Select(values => values[0])]]);
    }

    /// <summary>The target's value of rows at each grid value: one array a grid value, one element a row.</summary>
    internal static double[][] Values(
        RowRunner runner, EncodedTable table, ImmutableArray<int> rows, int column, FeatureGrid grid, CancellationToken cancellation)
    {
        double[] values = new double[grid.Texts.Length * rows.Length];
        ChangedRows.Predict(runner, table, rows, values, (batch, at, count, point) => grid.Set(table, batch, column, at, count, point), cancellation);
        return [.. Enumerable.Range(0, grid.Texts.Length).Select(point => values.AsSpan(point * rows.Length, rows.Length).ToArray())];
    }
}
