using ExplainLsp.Explainers.Metrics;

namespace ExplainLsp.Explainers.Tests.Metrics;

/// <summary>The metrics on the examples of scikit-learn's own documentation.</summary>
public sealed class MetricTests
{
    private static double[] Binary(params double[] positive) => [.. positive.SelectMany(p => new[] { 1 - p, p })];

    private static double Score(string id, double[] labels, double[] scores, int width) =>
        Metric.All.Single(metric => metric.Id == id).Score(labels, scores, width);

    [Fact]
    public void RocAuc_DocumentationExample_IsThreeQuarters() =>
        Assert.Equal(0.75, Score("roc-auc", [0, 0, 1, 1], Binary(0.1, 0.4, 0.35, 0.8), 2), 1e-12);

    [Fact]
    public void RocAuc_AllScoresTied_IsAHalf() => Assert.Equal(0.5, Score("roc-auc", [0, 1, 1, 0, 1], Binary(0.3, 0.3, 0.3, 0.3, 0.3), 2), 1e-12);

    [Fact]
    public void RocAuc_ThreeClassesApart_IsOne() =>
        Assert.Equal(1, Score("roc-auc", [0, 1, 2], [0.8, 0.1, 0.1, 0.2, 0.7, 0.1, 0.1, 0.1, 0.8], 3), 1e-12);

    [Fact]
    public void LogLoss_DocumentationExample_Agrees() =>
        Assert.Equal(0.21616187468057912, Score("log-loss", [1, 0, 0, 1], [0.1, 0.9, 0.9, 0.1, 0.8, 0.2, 0.35, 0.65], 2), 1e-12);

    [Fact]
    public void Accuracy_TiedClasses_TakesTheFirst() => Assert.Equal(0.5, Score("accuracy", [0, 1], Binary(0.5, 0.5), 2));

    [Fact]
    public void R2AndMae_DocumentationExample_Agree()
    {
        Assert.Equal(0.9486081370449679, Score("r2", [3, -0.5, 2, 7], [2.5, 0, 2, 8], 1), 1e-12);
        Assert.Equal(0.5, Score("mae", [3, -0.5, 2, 7], [2.5, 0, 2, 8], 1), 1e-12);
    }

    [Fact]
    public void Worsening_Loss_IsPositiveWhenItGrows()
    {
        Assert.Equal(0.5, Metric.All.Single(metric => metric.Id == "mae").Worsening(1, 1.5));
        Assert.Equal(0.5, Metric.All.Single(metric => metric.Id == "r2").Worsening(1, 0.5));
    }
}
