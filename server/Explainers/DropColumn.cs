using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ExplainLsp.Explainers.Metrics;
using ExplainLsp.Explainers.Sampling;
using ExplainLsp.Explainers.Surrogates;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// Drop-column check (leave one covariate out; Lei et al. 2018, section 6): how much worse labels are learned from a training file without a
/// column. A model file cannot be trained again, so a linear stand-in is, in folds; it says what a column is worth to anybody who learns from
/// these rows, not what this model makes of it.
/// </summary>
/// <remarks>
/// <see cref="Explanation.Quality"/> has the stand-in's score with all columns and the model's on the same rows, so that a reader sees how
/// far one speaks for the other; on the rows that the model was trained on, its own score flatters it.
/// </remarks>
public sealed class DropColumn : IGlobalExplainer
{
    private const long Stream = 0x64726f70;
    private const int DefaultRows = 2000;

    /// <inheritdoc/>
    public string Id => "drop-column";

    /// <inheritdoc/>
    public string Title => "Drop-column check";

    /// <inheritdoc/>
    public IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("folds", "5", "Parts of the rows, each scored by a stand-in that learned from the others, 2 to 50."),
        ColumnGroup.Option,
        new("metric", null, "accuracy, log-loss or roc-auc for classes, r2 or mae for values; accuracy or r2 when not given."),
        new("samples", "2000", "Labelled rows at most, 1 or more; an even spread of the file."),
    ];

    /// <inheritdoc/>
    public Explanation Explain(GlobalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        (Predictor predictor, EncodedTable table) = (request.Predictor, request.Table);
        long rowsBefore = predictor.ModelRows;
        var options = new OptionReader(Id, Options, request.Options);
        int folds = (int)options.WholeNumber("folds", 5, 2, 50);
        ImmutableArray<ColumnGroup> groups = ColumnGroup.Of(options, table);
        Metric metric = Metric.Read(options, predictor);
        LabelledRows labelled = LabelledRows.Of(request, metric, Id)
            .Spread((int)options.WholeNumber("samples", DefaultRows, 1, int.MaxValue));
        int count = labelled.Rows.Length;
        if (count < 2 * folds)
        {
            throw new ExplainerException(string.Create(CultureInfo.InvariantCulture,
                $"drop-column learns from rows in {folds} folds and needs {2 * folds} labelled rows, and there are {count}. Add rows, or lower folds."));
        }

        double model = new ShuffledScores(request, labelled, metric, 0, null).Unshuffled(cancellation);
        var standIn = new LinearStandIn(table, labelled.Rows, labelled.Labels, predictor.IsClassifier ? predictor.Output.Width : 0);
        int[] foldOf = [.. Enumerable.Range(0, count).Select(row => row % folds)];
        new SeededRandom(request.Seed, Stream).Shuffle<int>(foldOf, count);
        double all = Score([]);
        double[] without = [.. groups.Select((group, i) =>
        {
            progress?.Report(new ExplanationProgress(i, groups.Length));
            return Score(group.Columns);
        })];
        return new Explanation
        {
            Method = Id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = predictor.Target,
            Attributions = [.. groups.Select((group, i) => new Attribution(group.Name, null, metric.Worsening(all, without[i])))],
            Quality = ImmutableSortedDictionary<string, object>.Empty.Add("modelScore", model).Add("standInScore", all),
            Cost = new Cost((1 + groups.Length) * folds, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Warnings =
            [
                string.Create(CultureInfo.InvariantCulture,
                    $"The model itself was not trained again, which its file does not allow: a linear stand-in learned from {count:N0} rows in {folds} folds, with and without each column. Its {metric.Id} is {all:G3}, the model's on the same rows {model:G3}. A column that only the model can use looks unimportant here."),
                .. labelled.Warning is null ? Array.Empty<string>() : [labelled.Warning],
            ],
        };

        double Score(ImmutableArray<int> dropped)
        {
            double[] scores = new double[count * standIn.Width];
            for (int fold = 0; fold < folds; fold++)
                standIn.Score(dropped, foldOf, fold, scores, cancellation);
            return metric.Score(labelled.Labels, scores, standIn.Width);
        }
    }
}
