namespace ExplainLsp.Explainers.Metrics;

/// <summary>How well scores match labels, as scikit-learn computes it.</summary>
/// <param name="Id">Its name as an option: <c>roc-auc</c>.</param>
/// <param name="ForClasses">Whether it is for classifiers; else for regressions.</param>
/// <param name="IsLoss">Whether smaller is better.</param>
/// <param name="Score">Labels (class indices, or values), scores row-major (every class's probability, or the value), and their width → the metric.</param>
internal sealed record Metric(string Id, bool ForClasses, bool IsLoss, Func<double[], double[], int, double> Score)
{
    /// <summary>All of them, the default of each kind first.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        new("accuracy", true, false, ClassMetrics.Accuracy),
        new("log-loss", true, true, ClassMetrics.LogLoss),
        new("roc-auc", true, false, RocAuc.Score),
        new("r2", false, false, ValueMetrics.R2),
        new("mae", false, true, ValueMetrics.MeanAbsoluteError),
    ];

    /// <summary>The option <c>metric</c>, the default of the model's kind when it is not given.</summary>
    /// <exception cref="ExplainerException">Unknown, or for the other kind of model.</exception>
    public static Metric Read(OptionReader options, Predictor predictor)
    {
        Metric[] fitting = [.. All.Where(metric => metric.ForClasses == predictor.IsClassifier)];
        string id = options.Word("metric", fitting[0].Id, [.. All.Select(metric => metric.Id)]);
        return fitting.FirstOrDefault(metric => metric.Id == id) ?? throw options.Refuse(
            "metric", id, $"{string.Join(", ", fitting.Select(metric => metric.Id))}: output {predictor.Output.Name} "
            + (predictor.IsClassifier ? "has classes" : "is a value"));
    }

    /// <summary>How much worse <paramref name="after"/> is than <paramref name="before"/>: positive for worse, whichever way the metric points.</summary>
    public double Worsening(double before, double after) => IsLoss ? after - before : before - after;
}
