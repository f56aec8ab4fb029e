using System.Text.Json;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests.Trees;

/// <summary>TreeSHAP against SHAP 0.49.1.</summary>
public sealed class TreeShapGoldenTests
{
    [Theory]
    [InlineData("breast-cancer-gbm", "shap-tree-path-dependent", "path-dependent", TargetSpace.Raw, "train.csv")]
    [InlineData("breast-cancer-gbm", "shap-tree-interventional", "interventional", TargetSpace.Raw, "background100.csv")]
    [InlineData("breast-cancer-gbm", "shap-tree-interventional-probability", "interventional", TargetSpace.Probability, "background100.csv")]
    [InlineData("breast-cancer-rf", "shap-tree-path-dependent-train-cover", "path-dependent", TargetSpace.Probability, "train.csv")]
    [InlineData("breast-cancer-rf", "shap-tree-interventional", "interventional", TargetSpace.Probability, "background100.csv")]
    public void Explain_EveryTestRow_AgreesWithThePeer(string model, string file, string valueFunction, TargetSpace space, string background)
    {
        JsonElement golden = Fixtures.Golden(model, file);
        EncodedTable samples = Fixtures.Encode(model, "breast-cancer/test.csv", "target");
        EncodedTable rows = Fixtures.Encode(model, $"breast-cancer/{background}", "target");
        double baseValue = golden.GetProperty("base_value").GetDouble();
        for (int row = 0; row < samples.RowCount; row++)
        {
            Explanation explanation = new TreeShap().Explain(
                Fixtures.Request(Fixtures.Predictor(model, 1, space), samples, row, rows, 0, ("value-function", valueFunction)), null, default);
            double[] expected = golden.GetProperty("values")[row].Doubles();
            for (int i = 0; i < expected.Length; i++)
                Near(golden, expected[i], explanation.Attributions[i].Contribution, $"row {row}, {explanation.Attributions[i].Feature}");
            Near(golden, baseValue, explanation.BaseValue!.Value, "base value");
            Near(golden, golden.GetProperty("predictions")[row].GetDouble(), explanation.PredictedValue!.Value, "prediction");
            Assert.Equal(0, explanation.CompletenessGap!.Value, 1e-9 * Math.Max(1, Math.Abs(explanation.PredictedValue.Value)));
            Assert.DoesNotContain(explanation.Warnings, warning => warning.StartsWith("The trees read", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Explain_AdultInOriginalColumns_EqualsAllCoalitions()
    {
        EncodedTable samples = Fixtures.Encode("adult-gbm", "adult/test.csv", "income", [0, 1, 2, 3]);
        EncodedTable background = Fixtures.Encode("adult-gbm", "adult/train-sample.csv", "income", Enumerable.Range(0, 20));
        for (int row = 0; row < samples.RowCount; row++)
        {
            LocalRequest request = Fixtures.Request(Fixtures.Predictor("adult-gbm", 1, TargetSpace.Raw), samples, row, background);
            Explanation mine = new TreeShap().Explain(request, null, default), all = new ExactShap().Explain(request, null, default);
            Assert.Equal(12, mine.Attributions.Length);
            Assert.Empty(mine.Warnings);
            for (int i = 0; i < 12; i++)
                Assert.Equal(all.Attributions[i].Contribution, mine.Attributions[i].Contribution, 1e-4);
            Assert.Equal(0, mine.CompletenessGap!.Value, 1e-9);
        }
    }

    [Fact]
    public void Interactions_GoldenRows_AgreeWithThePeer()
    {
        JsonElement golden = Fixtures.Golden("breast-cancer-gbm", "shap-tree-interactions");
        EncodedTable samples = Fixtures.Encode("breast-cancer-gbm", "breast-cancer/test.csv", "target");
        EncodedTable train = Fixtures.Encode("breast-cancer-gbm", "breast-cancer/train.csv", "target");
        int[] rows = golden.GetProperty("inputs").GetProperty("rows").Ints();
        for (int i = 0; i < rows.Length; i++)
        {
            Explanation explanation = new TreeShapInteractions().Explain(
                Fixtures.Request(Fixtures.Predictor("breast-cancer-gbm", 1, TargetSpace.Raw), samples, rows[i], train, 0, ("value-function", "path-dependent")), null, default);
            double[] expected = [.. golden.GetProperty("values")[i].EnumerateArray().SelectMany(line => line.Doubles())];
            Assert.Equal([30, 30], explanation.Tensor!.Shape.AsEnumerable());
            for (int k = 0; k < expected.Length; k++)
                Near(golden, expected[k], explanation.Tensor.Values[k], $"row {rows[i]}, pair {k}");
        }
    }

    [Fact]
    public void MeanAbsShap_PathDependent_AgreesWithThePeer()
    {
        JsonElement golden = Fixtures.Golden("breast-cancer-gbm", "shap-global-importance");
        EncodedTable samples = Fixtures.Encode("breast-cancer-gbm", "breast-cancer/test.csv", "target");
        EncodedTable train = Fixtures.Encode("breast-cancer-gbm", "breast-cancer/train.csv", "target");
        Explanation explanation = new MeanAbsShap().Explain(
            new GlobalRequest(Fixtures.Predictor("breast-cancer-gbm", 1, TargetSpace.Raw), samples, null, train, Fixtures.Options(("value-function", "path-dependent")), 0),
            null, default);
        double[] expected = golden.GetProperty("values").Doubles();
        for (int i = 0; i < expected.Length; i++)
            Near(golden, expected[i], explanation.Attributions[i].Contribution, explanation.Attributions[i].Feature);
    }

    private static void Near(JsonElement golden, double expected, double actual, string what)
    {
        JsonElement tolerance = golden.GetProperty("tolerance");
        double allowed = tolerance.GetProperty("abs").GetDouble() + (tolerance.GetProperty("rel").GetDouble() * Math.Abs(expected));
        Assert.True(Math.Abs(expected - actual) <= allowed, $"{what}: peer {expected}, here {actual}, tolerance {allowed}");
    }
}
