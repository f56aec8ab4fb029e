using System.Collections.Immutable;
using System.Globalization;

namespace ExplainLsp.Explainers.Metrics;

/// <summary>How a regression does on labelled rows.</summary>
internal static class ValuePerformance
{
    /// <summary>Measures it.</summary>
    /// <param name="rows">The rows' numbers in their file.</param>
    /// <param name="labels">True values.</param>
    /// <param name="values">Predicted ones.</param>
    /// <param name="worst">Rows with the largest loss that are kept, at most.</param>
    public static Performance Of(int[] rows, double[] labels, double[] values, int worst)
    {
        var metrics = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        metrics["mean_absolute_error"] = ValueMetrics.MeanAbsoluteError(labels, values, 1);
        metrics["root_mean_squared_error"] = ValueMetrics.RootMeanSquaredError(labels, values);
        if (labels.Any(label => label != labels[0]))
            metrics["r2"] = ValueMetrics.R2(labels, values, 1);

        IEnumerable<RowLoss> losses = Enumerable.Range(0, labels.Length).Select(row => new RowLoss(
            rows[row], labels[row].ToString("R", CultureInfo.InvariantCulture), ((float)values[row]).ToString("R", CultureInfo.InvariantCulture),
            (labels[row] - values[row]) * (labels[row] - values[row])));
        return new Performance(
            [], [], [], [.. losses.OrderByDescending(row => row.Loss).Take(worst)], labels.Length, metrics.ToImmutable());
    }
}
