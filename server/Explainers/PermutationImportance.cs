using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ExplainLsp.Explainers.Metrics;
using ExplainLsp.Explainers.Tables;

namespace ExplainLsp.Explainers;

/// <summary>
/// Permutation importance (Breiman 2001; Fisher et al. 2019), as scikit-learn: how much worse the model scores when one column's values
/// are shuffled among the rows. Positive is important for every metric, losses too; negative means that shuffling helped, by chance.
/// Columns that stand in for each other share or hide their importance; a group of columns is shuffled together, each row's values of it
/// staying side by side.
/// </summary>
/// <remarks>
/// Mean and population standard deviation over the repeats. <see cref="Explanation.Quality"/> has the unshuffled <c>baselineScore</c>
/// in the metric's own direction. A file that does not fit into memory is shuffled and scored in large blocks; the scores are then means
/// over the blocks, weighted by rows.
/// </remarks>
public sealed class PermutationImportance : IGlobalExplainer
{
    /// <inheritdoc/>
    public string Id => "permutation-importance";

    /// <inheritdoc/>
    public string Title => "Permutation importance";

    /// <inheritdoc/>
    public bool ReadsStreams => true;

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
        long rowsBefore = predictor.ModelRows;
        var options = new OptionReader(Id, Options, request.Options);
        int repeats = (int)options.WholeNumber("repeats", 10, 1, 10_000);
        Metric metric = Metric.Read(options, predictor);
        ImmutableArray<ColumnGroup> groups = ColumnGroup.Of(options, request.Table);

        int shuffles = groups.Length * repeats;
        long fileRows = request.Stream?.RowCount ?? request.Table.RowCount;
        var results = new PartialResults(progress, "model rows", fileRows * (1 + shuffles));
        var means = new ScoreMeans(shuffles);
        foreach (GlobalRequest part in request.Parts(cancellation))
        {
            LabelledRows labelled = LabelledRows.Of(part, metric, Id);
            var scores = new ShuffledScores(part, labelled, metric, shuffles, results);
            double baseline = scores.Unshuffled(cancellation);
            means.Add(baseline, scores.Shuffled(
                shuffle => groups[shuffle / repeats].Columns, shuffle => shuffle % repeats, means.Parts == 0 ? ShowColumns : null, cancellation),
                labelled.Rows.Length, part.Table.RowCount - labelled.Rows.Length);
            results.Show(() => Tell(means, groups.Length, StoppedAtRows()));
            results.BeginPart();

            // Columns that were not shuffled yet are not there.
            void ShowColumns(double[] found, int count) => results.Show(() => Tell(
                ScoreMeans.Of(baseline, found, labelled.Rows.Length), count / repeats,
                string.Create(CultureInfo.InvariantCulture, $"Stopped after {count / repeats:N0} of {groups.Length:N0} columns. The others were not shuffled.")));
        }
        return Tell(means, groups.Length, null);

        Explanation Tell(ScoreMeans sofar, int told, string? stopped) => new()
        {
            Method = Id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = predictor.Target,
            Attributions = [.. groups.Take(told).Select((group, i) => Importance(
                group.Name, [.. sofar.Shuffled.AsSpan(i * repeats, repeats).ToArray().Select(score => metric.Worsening(sofar.Unshuffled, score))]))],
            Quality = ImmutableSortedDictionary<string, object>.Empty.Add("baselineScore", sofar.Unshuffled),
            Cost = new Cost(1 + (told * repeats), predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Warnings = [.. new[] { stopped, LabelledRows.LeftOut(sofar.LeftOut, sofar.Rows + sofar.LeftOut), InBlocks(sofar) }.OfType<string>()],
        };

        string StoppedAtRows() => string.Create(
            CultureInfo.InvariantCulture, $"Stopped at {means.Rows + means.LeftOut:N0} of {fileRows:N0} rows. The values are of the first rows of the file.");

        string? InBlocks(ScoreMeans sofar) => sofar.Parts < 2 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"The file does not fit into memory: values were shuffled within blocks of {request.Stream!.BlockRows:N0} rows, and scores are means over {sofar.Parts:N0} blocks. If the file is sorted, shuffle its rows first.");
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
