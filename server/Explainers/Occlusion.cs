using System.Diagnostics;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// Occlusion (Zeiler and Fergus 2014), for tables: each column alone is replaced by a baseline, and its attribution is f(x) − f(x with
/// the column replaced). Columns that matter only together, or that stand in for each other, are not seen; the attributions need not
/// add up.
/// </summary>
public sealed class Occlusion : ILocalExplainer
{
    /// <inheritdoc/>
    public string Id => "occlusion";

    /// <inheritdoc/>
    public string Title => "Occlusion";

    /// <inheritdoc/>
    public IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("baseline", "mean",
            "What replaces a column: mean of the background, zero, or a number. Text columns always take the background's most frequent value."),
    ];

    /// <inheritdoc/>
    public SampleKinds Kinds => SampleKinds.Rows;

    /// <inheritdoc/>
    public Explanation Explain(LocalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        long rowsBefore = request.Predictor.ModelRows;
        long clippedBefore = request.Predictor.ClippedRows;
        var options = new OptionReader(Id, Options, request.Options);
        (string? word, double number) = options.WordOrNumber("baseline", "mean", "mean", "zero");
        (TableRow row, EncodedTable background) = TableRequest.RowOf(request, Id);

        EncodedTable means = background.Means();
        int features = row.Features.Count;
        // The row as it is, then once for each column.
        double[] values = new double[features + 1];
        new RowRunner(request.Predictor, row.Table, values.Length, progress).Predict(values, Replace, cancellation);

        return new Explanation
        {
            Method = Id,
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
