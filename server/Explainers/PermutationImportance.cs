using System.Collections.Immutable;
using System.Diagnostics;
using ExplainLsp.Explainers.Metrics;
using ExplainLsp.Explainers.Sampling;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// Permutation importance (Breiman 2001; Fisher et al. 2019), as scikit-learn: how much worse the model scores when one column's values
/// are shuffled among the rows. Positive is important for every metric, losses too; negative means that shuffling helped, by chance.
/// Columns that stand in for each other share or hide their importance.
/// </summary>
/// <remarks>
/// Mean and population standard deviation over the repeats. <see cref="Explanation.Quality"/> has the unshuffled <c>baselineScore</c>
/// in the metric's own direction.
/// </remarks>
public sealed class PermutationImportance : IGlobalExplainer
{
    private const long Stream = 0x73687566;

    /// <inheritdoc/>
    public string Id => "permutation-importance";

    /// <inheritdoc/>
    public string Title => "Permutation importance";

    /// <inheritdoc/>
    public IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("repeats", "10", "Times each column is shuffled, 1 to 10,000."),
        new("metric", null, "accuracy, log-loss or roc-auc for classes, r2 or mae for values; accuracy or r2 when not given."),
    ];

    /// <inheritdoc/>
    public Explanation Explain(GlobalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Predictor predictor = request.Predictor;
        EncodedTable table = request.Table;
        long rowsBefore = predictor.ModelRows;
        var options = new OptionReader(Id, Options, request.Options);
        int repeats = (int)options.WholeNumber("repeats", 10, 1, 10_000);
        Metric metric = ReadMetric(options, predictor);
        LabelledRows labelled = LabelledRows.Of(request, metric, Id);

        int count = labelled.Rows.Length;
        long planned = count * (1 + ((long)repeats * table.ColumnCount));
        var runner = new RowRunner(predictor, table, planned, progress);
        double[] scores = new double[count * predictor.Output.Width];
        double baseline = Score((batch, from, rows) => table.CopyRows(labelled.Rows.AsSpan(from, rows), batch));

        var attributions = ImmutableArray.CreateBuilder<Attribution>(table.ColumnCount);
        int[] shuffled = new int[count];
        for (int column = 0; column < table.ColumnCount; column++)
        {
            double[] drops = new double[repeats];
            for (int repeat = 0; repeat < repeats; repeat++)
            {
                labelled.Rows.CopyTo(shuffled);
                new SeededRandom(request.Seed, Stream, column, repeat).Shuffle<int>(shuffled, count);
                int here = column;
                drops[repeat] = metric.Worsening(baseline, Score((batch, from, rows) =>
                {
                    table.CopyRows(labelled.Rows.AsSpan(from, rows), batch);
                    table.CopyColumn(here, shuffled.AsSpan(from, rows), batch);
                }));
            }
            double mean = drops.Average();
            attributions.Add(new Attribution(table.Encoder.Columns[column].Name, null, mean)
            {
                Mean = mean,
                StandardDeviation = Math.Sqrt(drops.Sum(drop => (drop - mean) * (drop - mean)) / repeats),
            });
        }
        return new Explanation
        {
            Method = Id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = predictor.Target,
            Attributions = attributions.MoveToImmutable(),
            Quality = ImmutableSortedDictionary<string, object>.Empty.Add("baselineScore", baseline),
            Cost = new Cost(1 + ((long)repeats * table.ColumnCount), predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Warnings = labelled.Warning is null ? [] : [labelled.Warning],
        };

        double Score(RowRunner.Fill fill)
        {
            runner.PredictAll(scores, predictor.IsClassifier ? TargetSpace.Probability : TargetSpace.Raw, fill, cancellation);
            // A regression with several values is scored on the one that is explained.
            return predictor.IsClassifier
                ? metric.Score(labelled.Labels, scores, predictor.Output.Width)
                : metric.Score(labelled.Labels, LabelledRows.Element(scores, predictor.Output.Width, predictor.Target.Index), 1);
        }
    }

    private static Metric ReadMetric(OptionReader options, Predictor predictor)
    {
        Metric[] fitting = [.. Metric.All.Where(metric => metric.ForClasses == predictor.IsClassifier)];
        string id = options.Word("metric", fitting[0].Id, [.. Metric.All.Select(metric => metric.Id)]);
        return fitting.FirstOrDefault(metric => metric.Id == id) ?? throw options.Refuse(
            "metric", id, $"{string.Join(", ", fitting.Select(metric => metric.Id))}: output {predictor.Output.Name} "
            + (predictor.IsClassifier ? "has classes" : "is a value"));
    }
}
