using System.Diagnostics;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>What occlusion and feature ablation are for a row of a table: each column alone is replaced by a baseline.</summary>
internal static class ColumnAblation
{
    /// <summary>Computes the explanation: f(x) − f(x with the column replaced), one a column.</summary>
    public static Explanation Explain(
        LocalRequest request, string id, OptionReader options, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        long rowsBefore = request.Predictor.ModelRows;
        long clippedBefore = request.Predictor.ClippedRows;
        (string? word, double number) = options.WordOrNumber("baseline", "mean", "mean", "zero");
        (TableRow row, EncodedTable background) = TableRequest.RowOf(request, id);

        EncodedTable means = background.Means();
        int features = row.Features.Count;
        // The row as it is, then once for each column.
        double[] values = new double[features + 1];
        new RowRunner(request.Predictor, row.Table, values.Length, progress).Predict(values, Replace, cancellation);

        return new Explanation
        {
            Method = id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = request.Predictor.Target,
            PredictedValue = values[0],
            Attributions = [.. row.Features.Select((feature, i) => new Attribution(feature.Name, feature.Value, values[0] - values[i + 1]))],
            Cost = new Cost(values.Length, request.Predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Background = means.Description,
            Warnings = [.. Warnings.Of(request.Predictor, clippedBefore)],
        };

        void Replace(InputBatch batch, int from, int count)
        {
            row.Table.RepeatRow(row.Index, count, batch);
            for (int i = 0; i < count; i++)
            {
                int column = from + i - 1;
                if (column < 0)
                    continue;
                if (word == "mean" || !row.Table.Encoder.Columns[column].IsNumeric)
                    means.CopyColumn(column, [0], batch, i);
                else
                    row.Table.SetColumn(batch, column, i, 1, number);
            }
        }
    }
}
