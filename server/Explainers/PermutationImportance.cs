using System.Collections.Immutable;
using System.Diagnostics;
using ExplainLsp.Explainers.Metrics;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// Permutation importance (Breiman 2001; Fisher et al. 2019), as scikit-learn: how much worse the model scores when one column's values
/// are shuffled among the rows. Positive is important for every metric, losses too; negative means that shuffling helped, by chance.
/// Columns that stand in for each other share or hide their importance; a group of columns is shuffled together, each row's values of it
/// staying side by side.
/// </summary>
/// <remarks>
/// Mean and population standard deviation over the repeats. <see cref="Explanation.Quality"/> has the unshuffled <c>baselineScore</c>
/// in the metric's own direction.
/// </remarks>
public sealed class PermutationImportance : IGlobalExplainer
{
    /// <inheritdoc/>
    public string Id => "permutation-importance";

    /// <inheritdoc/>
    public string Title => "Permutation importance";

    /// <inheritdoc/>
    public IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("repeats", "10", "Times each column is shuffled, 1 to 10,000."),
        ColumnGroup.Option,
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
        Metric metric = Metric.Read(options, predictor);
        LabelledRows labelled = LabelledRows.Of(request, metric, Id);

        ImmutableArray<ColumnGroup> groups = ColumnGroup.Of(options, table);
        var shuffles = new ShuffledScores(request, labelled, metric, groups.Length * repeats, progress);
        double baseline = shuffles.Unshuffled(cancellation);
        double[] scores = shuffles.Shuffled(shuffle => groups[shuffle / repeats].Columns, shuffle => shuffle % repeats, cancellation);

        return new Explanation
        {
            Method = Id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = predictor.Target,
            Attributions = [.. groups.Select((group, i) => Importance(
                group.Name, [.. scores.Skip(i * repeats).Take(repeats).Select(score => metric.Worsening(baseline, score))]))],
            Quality = ImmutableSortedDictionary<string, object>.Empty.Add("baselineScore", baseline),
            Cost = new Cost(1 + scores.Length, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Warnings = labelled.Warning is null ? [] : [labelled.Warning],
        };
    }

    private static Attribution Importance(string name, double[] drops)
    {
        double mean = drops.Average();
        return new Attribution(name, null, mean)
        {
            Mean = mean,
            StandardDeviation = Math.Sqrt(drops.Sum(drop => (drop - mean) * (drop - mean)) / drops.Length),
        };
    }
}
