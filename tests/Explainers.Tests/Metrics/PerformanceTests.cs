using System.Collections.Immutable;
using ExplainLsp.Explainers.Metrics;
using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests.Metrics;

/// <summary>How a model does on labels: examples of scikit-learn's documentation, published bounds, and real models.</summary>
public sealed class PerformanceTests
{
    private const string Model = "breast-cancer-gbm";

    private static Performance Explain(double[]? labels, params (string, string)[] options)
    {
        EncodedTable table = Fixtures.Encode(Model, "breast-cancer/test.csv", "target");
        SessionOutput output = Fixtures.Session(Model).Outputs[0];
        var predictor = new Predictor(Fixtures.Session(Model), output, new Target(output.Name, 1, "malignant", TargetSpace.Raw)) { Names = ["benign", "malignant"] };
        Explanation explanation = new ModelPerformance().Explain(
            new GlobalRequest(predictor, table, labels, table, Fixtures.Options(options), 0), null, default);
        Assert.Empty(explanation.Attributions);
        Assert.Equal(explanation.Performance!.Metrics["accuracy"], explanation.Quality["accuracy"]);
        return explanation.Performance;
    }

    [Fact]
    public void Performance_BreastCancer_IsThePeersScoresAndCountsEveryRow()
    {
        double[] labels = Fixtures.Labels("breast-cancer/test.csv", "target", "0", "1");
        Performance performance = Explain(labels, ("worst", "143"));

        Assert.Equal(Fixtures.Golden(Model, "permutation-importance-accuracy").GetProperty("baseline_score").GetDouble(), performance.Metrics["accuracy"], 1e-9);
        Assert.Equal(Fixtures.Golden(Model, "permutation-importance-roc_auc").GetProperty("baseline_score").GetDouble(), performance.Metrics["roc_auc"], 1e-9);
        Assert.Equal(143, performance.Rows);
        Assert.Equal(143, performance.Confusion.Sum());
        Assert.Equal(performance.Metrics["accuracy"], (performance.Confusion[0] + performance.Confusion[3]) / 143.0, 1e-12);
        Assert.Equal(labels.Count(label => label == 1), performance.Confusion[2] + performance.Confusion[3]);
        Assert.Equal(143, performance.Calibration.Sum(bin => bin.Rows));
        Assert.All(performance.Calibration, bin => Assert.InRange(bin.Observed, bin.Low, bin.High));

        Assert.Equal(performance.Metrics["log_loss"], performance.Worst.Average(row => row.Loss), 1e-12);
        Assert.True(performance.Worst.Zip(performance.Worst.Skip(1)).All(pair => pair.First.Loss >= pair.Second.Loss));
        int wrong = performance.Confusion[1] + performance.Confusion[2];
        Assert.All(performance.Worst.Take(wrong), row => Assert.NotEqual(row.Truth, row.Predicted));
        Assert.All(performance.Worst.Skip(wrong), row => Assert.Equal(row.Truth, row.Predicted));
        Assert.All(performance.Worst, row => Assert.Equal(labels[row.Row] == 1 ? "malignant" : "benign", row.Truth));
    }

    [Fact]
    public void Performance_OneClassOnly_LeavesOutWhatIsNotDefined()
    {
        Performance performance = Explain([.. new double[143]]);
        Assert.False(performance.Metrics.ContainsKey("roc_auc"));
        Assert.Equal(20, performance.Worst.Length);
        Assert.Equal(0, performance.Confusion[2] + performance.Confusion[3]);
    }

    [Fact]
    public void Performance_NoLabels_SaysHowToNameThem() =>
        Assert.Contains("--label-column", Assert.Throws<ExplainerException>(() => Explain(null)).Message, StringComparison.Ordinal);

    [Fact]
    public void CalibrationBins_DocumentationExample_Agree()
    {
        ImmutableArray<CalibrationBin> bins = Calibration.Bins(
            [0.1, 0.2, 0.3, 0.4, 0.65, 0.7, 0.8, 0.9, 1], [false, false, false, false, true, true, true, true, true], 3);
        Assert.Equal([0, 0.5, 1], bins.Select(bin => bin.Observed));
        double[] predicted = [0.2, 0.525, 0.85];
        for (int i = 0; i < 3; i++)
            Assert.Equal(predicted[i], bins[i].Predicted, 1e-12);
        Assert.Equal(((3 * 0.2) + (2 * 0.025) + (4 * 0.15)) / 9, Calibration.ExpectedError(bins), 1e-12);
    }

    [Fact]
    public void CalibrationBins_OnTheEdges_BelongToTheLowerBin()
    {
        ImmutableArray<CalibrationBin> bins = Calibration.Bins([0, 0.5, 0.5000001, 1], [false, false, true, true], 2);
        Assert.Equal([2, 2], bins.Select(bin => bin.Rows));
    }

    // Newcombe (1998), table I.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilson_PublishedExamples_Agree(int hits, int rows, double low, double high)
    {
        (double lower, double upper) = Calibration.Wilson(hits, rows);
        Assert.Equal(low, lower, 5e-5);
        Assert.Equal(high, upper, 5e-5);
    }

    [Fact]
    public void Brier_DocumentationExampleAndThreeClasses_Agree()
    {
        Assert.Equal(0.0375, ClassMetrics.Brier([0, 1, 1, 0], [0.9, 0.1, 0.1, 0.9, 0.2, 0.8, 0.7, 0.3], 2), 1e-12);
        Assert.Equal(0.04 + 0.01 + 0.01, ClassMetrics.Brier([0], [0.8, 0.1, 0.1], 3), 1e-12);
    }

    [Fact]
    public void ValuePerformance_DocumentationExample_Agrees()
    {
        Performance performance = ValuePerformance.Of([5, 6, 7, 8], [3, -0.5, 2, 7], [2.5, 0, 2, 8], 2);
        Assert.Equal(0.9486081370449679, performance.Metrics["r2"], 1e-12);
        Assert.Equal(0.5, performance.Metrics["mean_absolute_error"], 1e-12);
        Assert.Equal(Math.Sqrt(0.375), performance.Metrics["root_mean_squared_error"], 1e-12);
        Assert.Equal([8, 5], performance.Worst.Select(row => row.Row));
        Assert.Equal(new RowLoss(8, "7", "8", 1), performance.Worst[0]);
    }
}
