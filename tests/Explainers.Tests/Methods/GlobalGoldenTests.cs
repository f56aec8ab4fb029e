using System.Globalization;
using System.Text.Json;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests.Methods;

/// <summary>The methods for whole files against scikit-learn 1.2.1.</summary>
public sealed class GlobalGoldenTests
{
    private static GlobalRequest Request(
        Predictor predictor, EncodedTable table, double[]? labels, long seed, params (string, string)[] options) =>
        new(predictor, table, labels, table, Fixtures.Options(options), seed);

    [Theory]
    [InlineData("accuracy")]
    [InlineData("roc_auc")]
    public void PermutationImportance_BreastCancer_LiesWithinThePeersSpread(string metric)
    {
        JsonElement golden = Fixtures.Golden("breast-cancer-gbm", "permutation-importance-" + metric);
        EncodedTable table = Fixtures.Encode("breast-cancer-gbm", "breast-cancer/test.csv", "target");
        double[] labels = Fixtures.Labels("breast-cancer/test.csv", "target", "0", "1");
        Explanation explanation = new PermutationImportance().Explain(
            Request(Fixtures.Predictor("breast-cancer-gbm", 1), table, labels, 1, ("metric", metric), ("repeats", "30")), null, default);

        Assert.Equal(golden.GetProperty("baseline_score").GetDouble(), (double)explanation.Quality["baselineScore"], 1e-9);
        double[] mean = golden.GetProperty("reference_mean").Doubles();
        double[] deviation = golden.GetProperty("reference_std").Doubles();
        for (int i = 0; i < mean.Length; i++)
        {
            Attribution attribution = explanation.Attributions[i];
            double tolerance = (4 * deviation[i] / Math.Sqrt(30)) + 1e-9;
            Assert.True(Math.Abs(attribution.Mean!.Value - mean[i]) <= tolerance, $"{attribution.Feature}: peer {mean[i]}, here {attribution.Mean}, tolerance {tolerance}");
            Assert.Equal(attribution.Mean, attribution.Contribution);
        }
        // A deviation from 30 repeats is known to about 13 %, less well where only few rows ever change; their mean is known better.
        Assert.InRange(explanation.Attributions.Average(attribution => attribution.StandardDeviation!.Value) / deviation.Average(), 0.85, 1.15);
    }

    [Theory]
    [InlineData("adult-gbm")]
    [InlineData("adult-logreg")]
    public void PermutationImportance_AdultWithTextColumns_LiesWithinThePeersSpread(string model)
    {
        JsonElement golden = Fixtures.Golden(model, "permutation-importance-accuracy");
        EncodedTable table = Fixtures.Encode(model, "adult/test.csv", "income", Enumerable.Range(0, 2000));
        double[] labels = Fixtures.Labels("adult/test.csv", "income", "<=50K", ">50K");
        const int repeats = 5;
        Explanation explanation = new PermutationImportance().Explain(
            Request(Fixtures.Predictor(model, 1), table, labels, 0, ("repeats", repeats.ToString(CultureInfo.InvariantCulture))), null, default);

        Assert.Equal("accuracy", explanation.Options["metric"]);
        Assert.Equal(golden.GetProperty("baseline_score").GetDouble(), (double)explanation.Quality["baselineScore"], 1e-9);
        double[] mean = golden.GetProperty("importances_mean").Doubles();
        double[] deviation = golden.GetProperty("importances_std").Doubles();
        for (int i = 0; i < mean.Length; i++)
        {
            double tolerance = (4 * deviation[i] / Math.Sqrt(repeats)) + (4 * deviation[i] / Math.Sqrt(30)) + 1e-9;
            Assert.True(Math.Abs(explanation.Attributions[i].Mean!.Value - mean[i]) <= tolerance, explanation.Attributions[i].Feature);
        }
    }

    [Fact]
    public void PartialDependence_BreastCancer_AgreesOnTheGivenGrid()
    {
        JsonElement golden = Fixtures.Golden("breast-cancer-gbm", "partial-dependence");
        EncodedTable table = Fixtures.Encode("breast-cancer-gbm", "breast-cancer/train.csv", "target");
        foreach (JsonElement feature in golden.GetProperty("values").EnumerateArray())
        {
            double[] grid = feature.GetProperty("grid").Doubles();
            Explanation explanation = new PartialDependence().Explain(
                Request(
                    Fixtures.Predictor("breast-cancer-gbm", 1), table, null, 0, ("feature", feature.GetProperty("name").GetString()!),
                    ("grid", string.Join(",", grid.Select(value => value.ToString("R", CultureInfo.InvariantCulture))))),
                null, default);
            Curve curve = Assert.Single(explanation.Attributions).Curve!;
            AssertNear(feature.GetProperty("average").Doubles(), curve.Average, 1e-5);
            Assert.Equal(grid, curve.Numeric);
            Assert.Empty(curve.Individual);

            double mean = curve.Average.Average();
            Assert.Equal(
                Math.Sqrt(curve.Average.Sum(value => (value - mean) * (value - mean)) / (curve.Average.Length - 1)),
                explanation.Attributions[0].Contribution, 1e-12);
        }
    }

    [Fact]
    public void PartialDependence_OwnGrid_IsThePeersGrid()
    {
        JsonElement golden = Fixtures.Golden("breast-cancer-gbm", "partial-dependence");
        EncodedTable table = Fixtures.Encode("breast-cancer-gbm", "breast-cancer/train.csv", "target");
        string names = string.Join(", ", golden.GetProperty("values").EnumerateArray().Select(feature => feature.GetProperty("name").GetString()));
        Explanation explanation = new PartialDependence().Explain(
            Request(Fixtures.Predictor("breast-cancer-gbm", 1), table, null, 0, ("feature", names)), null, default);
        foreach ((JsonElement feature, Attribution attribution) in golden.GetProperty("values").EnumerateArray().Zip(explanation.Attributions))
        {
            double[] grid = feature.GetProperty("grid").Doubles();
            Assert.Equal(feature.GetProperty("name").GetString(), attribution.Feature);
            for (int i = 0; i < grid.Length; i++)
                Assert.Equal(grid[i], attribution.Curve!.Numeric[i], 1e-5 * Math.Abs(grid[i]));
        }
    }

    [Fact]
    public void Ice_BreastCancer_IndividualCurvesAgree()
    {
        JsonElement golden = Fixtures.Golden("breast-cancer-gbm", "partial-dependence");
        EncodedTable table = Fixtures.Encode("breast-cancer-gbm", "breast-cancer/train.csv", "target", Enumerable.Range(0, 10));
        foreach (JsonElement feature in golden.GetProperty("values").EnumerateArray())
        {
            Explanation explanation = new IndividualConditionalExpectation().Explain(
                Request(
                    Fixtures.Predictor("breast-cancer-gbm", 1), table, null, 0, ("feature", feature.GetProperty("name").GetString()!),
                    ("grid", string.Join(",", feature.GetProperty("grid").Doubles().Select(value => value.ToString("R", CultureInfo.InvariantCulture))))),
                null, default);
            Curve curve = explanation.Attributions[0].Curve!;
            Assert.Equal(feature.GetProperty("ice_rows").Ints(), curve.Rows);
            for (int row = 0; row < 10; row++)
                AssertNear(feature.GetProperty("ice")[row].Doubles(), curve.Individual[row], 1e-5);
        }
    }

    [Theory]
    [InlineData("adult-gbm")]
    [InlineData("adult-logreg")]
    public void Ice_AdultWithTextColumns_AgreesWithThePeer(string model)
    {
        JsonElement golden = Fixtures.Golden(model, "partial-dependence");
        EncodedTable table = Fixtures.Encode(model, "adult/train-sample.csv", "income", golden.GetProperty("inputs").GetProperty("rows").Ints());
        foreach (JsonElement feature in golden.GetProperty("values").EnumerateArray())
        {
            JsonElement grid = feature.GetProperty("grid");
            bool text = grid[0].ValueKind == JsonValueKind.String;
            string values = string.Join(",", grid.EnumerateArray().Select(value => text ? value.GetString() : value.GetRawText()));
            Explanation explanation = new IndividualConditionalExpectation().Explain(
                Request(Fixtures.Predictor(model, 1), table, null, 0, ("feature", feature.GetProperty("column").GetString()!), ("grid", values)),
                null, default);
            Curve curve = explanation.Attributions[0].Curve!;
            AssertNear(feature.GetProperty("average").Doubles(), curve.Average, 1e-5);
            Assert.Equal(60, curve.Individual.Length);
            Assert.Contains(explanation.Warnings, warning => warning.Contains("60 of 500", StringComparison.Ordinal));
            // Row 0 is always among the curves that are kept.
            AssertNear(feature.GetProperty("ice")[0].Doubles(), curve.Individual[0], 1e-5);
            if (text)
                Assert.Empty(curve.Numeric);
        }
    }

    private static void AssertNear(double[] expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Count);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"{i}: peer {expected[i]}, here {actual[i]}");
    }
}
