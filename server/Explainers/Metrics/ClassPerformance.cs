using System.Collections.Immutable;

namespace ExplainLsp.Explainers.Metrics;

/// <summary>How a classifier does on labelled rows.</summary>
internal static class ClassPerformance
{
    /// <summary>Measures it.</summary>
    /// <param name="rows">The rows' numbers in their file.</param>
    /// <param name="labels">Class indices.</param>
    /// <param name="scores">Every class's probability, rows × classes, row-major.</param>
    /// <param name="classes">Class names in score order.</param>
    /// <param name="index">The class whose calibration is measured.</param>
    /// <param name="bins">Bins of its probability.</param>
    /// <param name="worst">Rows with the largest loss that are kept, at most.</param>
    public static Performance Of(int[] rows, double[] labels, double[] scores, ImmutableArray<string> classes, int index, int bins, int worst)
    {
        int width = classes.Length;
        int[] confusion = new int[width * width], predicted = new int[labels.Length];
        for (int row = 0; row < labels.Length; row++)
        {
            predicted[row] = ClassMetrics.Predicted(scores.AsSpan(row * width, width));
            confusion[((int)labels[row] * width) + predicted[row]]++;
        }
        double[] probabilities = [.. Enumerable.Range(0, labels.Length).Select(row => scores[(row * width) + index])];
        ImmutableArray<CalibrationBin> calibration = Calibration.Bins(probabilities, [.. labels.Select(label => (int)label == index)], bins);

        var metrics = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        metrics["accuracy"] = ClassMetrics.Accuracy(labels, scores, width);
        metrics["log_loss"] = ClassMetrics.LogLoss(labels, scores, width);
        metrics["brier"] = ClassMetrics.Brier(labels, scores, width);
        if (!calibration.IsEmpty)
            metrics["calibration_error"] = Calibration.ExpectedError(calibration);
        if (labels.Distinct().Count() == width)
            metrics["roc_auc"] = RocAuc.Score(labels, scores, width);

        IEnumerable<RowLoss> losses = Enumerable.Range(0, labels.Length).Select(row => new RowLoss(
            rows[row], classes[(int)labels[row]], classes[predicted[row]], ClassMetrics.Loss(scores[(row * width) + (int)labels[row]])));
        return new Performance(
            classes, [.. confusion], calibration, [.. losses.OrderByDescending(row => row.Loss).Take(worst)], labels.Length, metrics.ToImmutable());
    }
}
