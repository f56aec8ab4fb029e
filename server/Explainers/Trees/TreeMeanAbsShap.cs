using System.Collections.Immutable;
using System.Diagnostics;
using ExplainLsp.Explainers.Pipelines;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Trees;

/// <summary>
/// Mean |SHAP value| of each column over all rows of a file, exactly, where the model's trees add up on the target's scale. Rows go
/// through in stretches, so memory does not grow with them.
/// </summary>
internal static class TreeMeanAbsShap
{
    private const int Stretch = 64 * RowBlock.Size;
    private const int FeaturesHeld = 1 << 22;

    /// <summary>Whether a model consists of trees that add up on the target's scale.</summary>
    public static bool Fits(Predictor predictor, CancellationToken cancellation) =>
        TreeQuestion.TreesOf(predictor.Session, cancellation) is { } trees && TreeQuestion.AddsUp(predictor, trees);

    /// <summary>Explains.</summary>
    public static Explanation Explain(
        string id, GlobalRequest request, OptionReader options, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        TableEncoder encoder = request.Table.Encoder;
        TreeQuestion question = TreeQuestion.Of(request.Predictor, request.Background, options, cancellation);
        RowStretches rows = RowStretches.Of(options, request, int.MaxValue);
        var results = new PartialResults(progress, "rows", rows.Count);
        int features = question.Trees.Columns.Length, threads = request.Predictor.Session.Threads;
        int[] columns = PipelineFeatures.ColumnsOf(question.Trees.Pipeline, request.Table);
        var solver = new TreeShapley(question.Trees, question.Index, question.Background);
        double[] sums = new double[encoder.Columns.Length], squares = new double[encoder.Columns.Length];
        double baseValue = 0;
        long done = 0;
        var spread = new AttributionSpread(encoder);
        // One-hot columns by the thousand take memory, rows do not.
        int most = Math.Clamp(FeaturesHeld / question.Trees.Sources.Length / RowBlock.Size * RowBlock.Size, RowBlock.Size, Stretch);
        foreach ((EncodedTable table, ImmutableArray<int> stretch) in rows.Of(most, cancellation))
        {
            TreeValues values = solver.Solve(question.Blocks(table, stretch, cancellation), false, threads, null, cancellation);
            for (int row = 0; row < stretch.Length; row++)
            {
                for (int feature = 0; feature < features; feature++)
                {
                    double value = values.Of(row, feature);
                    sums[columns[feature]] += Math.Abs(value);
                    squares[columns[feature]] += value * value;
                }
            }
            spread.Add(table, stretch.AsSpan(), (row, contributions) =>
            {
                for (int feature = 0; feature < features; feature++)
                    contributions[columns[feature]] += values.Of(row, feature);
            });
            baseValue = values.BaseValue;
            done += stretch.Length;
            results.Report(new ExplanationProgress(done, rows.Count));
            results.Show(() => Tell(false));
        }
        return Tell(true);

        Explanation Tell(bool all) => new()
        {
            Method = id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = request.Predictor.Target,
            BaseValue = baseValue,
            Attributions = [.. encoder.Columns.Select((column, i) => Summary(column.Name, sums[i] / done, squares[i] / done))],
            Samples = spread.Build(baseValue, rows.Total),
            Quality = ImmutableSortedDictionary<string, object>.Empty.Add("exact", true).Add("largestStandardError", 0.0),
            Cost = new Cost(done, 0, clock.Elapsed.TotalMilliseconds),
            Background = question.Description,
            Warnings = [.. rows.Warnings(done, all)],
        };
    }

    private static Attribution Summary(string column, double mean, double square) =>
        new(column, null, mean) { Mean = mean, StandardDeviation = Math.Sqrt(Math.Max(0, square - (mean * mean))) };
}
