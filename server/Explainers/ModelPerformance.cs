using System.Collections.Immutable;
using System.Diagnostics;
using ExplainLsp.Explainers.Metrics;
using ExplainLsp.Explainers.Tables;

namespace ExplainLsp.Explainers;

/// <summary>
/// How the model does on the file's labels: metrics as scikit-learn computes them, the confusion matrix, the calibration of the target
/// class's probability with its expected error (Naeini et al. 2015), and the rows with the largest loss. It attributes nothing.
/// </summary>
/// <remarks>
/// The Brier score of two classes is the mean squared error of one's probability, as in scikit-learn; of more it is summed over the
/// classes (Brier 1950). What is not defined (ROC AUC where a class has no rows, R² of equal labels) is left out.
/// </remarks>
public sealed class ModelPerformance : IGlobalExplainer
{
    /// <inheritdoc/>
    public string Id => "performance";

    /// <inheritdoc/>
    public string Title => "Performance";

    /// <inheritdoc/>
    public IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("bins", "10", "Bins of equal width of the target class's probability, 2 to 100."),
        new("worst", "20", "Rows with the largest loss that are listed, 0 to 1,000."),
    ];

    /// <inheritdoc/>
    public Explanation Explain(GlobalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Predictor predictor = request.Predictor;
        long rowsBefore = predictor.ModelRows;
        var options = new OptionReader(Id, Options, request.Options);
        int bins = (int)options.WholeNumber("bins", 10, 2, 100);
        int worst = (int)options.WholeNumber("worst", 20, 0, 1000);
        LabelledRows labelled = LabelledRows.Of(request, Metric.All.First(metric => metric.ForClasses == predictor.IsClassifier), Id);

        Performance performance = Measure(request, labelled, bins, worst, progress, cancellation);
        return new Explanation
        {
            Method = Id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = predictor.Target,
            Attributions = [],
            Performance = performance,
            Quality = performance.Metrics.ToImmutableSortedDictionary(metric => metric.Key, metric => (object)metric.Value, StringComparer.Ordinal),
            Cost = new Cost(labelled.Rows.Length, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Warnings = labelled.Warning is null ? [] : [labelled.Warning],
        };
    }

    private static Performance Measure(
        GlobalRequest request, LabelledRows labelled, int bins, int worst, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        Predictor predictor = request.Predictor;
        int count = labelled.Rows.Length, width = predictor.Output.Width;
        double[] scores = new double[count * width];
        new RowRunner(predictor, request.Table, count, progress).PredictAll(
            scores, predictor.IsClassifier ? TargetSpace.Probability : TargetSpace.Raw,
            (batch, from, rows) => request.Table.CopyRows(labelled.Rows.AsSpan(from, rows), batch), cancellation);
        int[] numbers = [.. labelled.Rows.Select(row => request.Table.RowNumbers[row])];
        if (!predictor.IsClassifier)
            return ValuePerformance.Of(numbers, labelled.Labels, LabelledRows.Element(scores, width, predictor.Target.Index), worst);
        return ClassPerformance.Of(numbers, labelled.Labels, scores, [.. Enumerable.Range(0, width).Select(predictor.NameOf)], predictor.Target.Index, bins, worst);
    }
}
