using System.Text.Json;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests.Gradients;

/// <summary>Methods by gradients on rows of a table, against Captum 0.8.0 and SHAP 0.49.1.</summary>
public sealed class RowGradientGoldenTests
{
    private const string Model = "diabetes-mlp";

    [Theory]
    [InlineData("gradient", "saliency", "absolute", "false")]
    [InlineData("input-x-gradient", "input-x-gradient", "", "")]
    [InlineData("integrated-gradients", "integrated-gradients", "", "")]
    [InlineData("integrated-gradients-trapezoid", "integrated-gradients", "rule", "trapezoid")]
    [InlineData("deeplift", "deep-lift", "", "")]
    [InlineData("deeplift-shap", "deep-lift-shap", "", "")]
    [InlineData("shap-deep", "deep-lift-shap", "", "")]
    public void Explain_Rows_AgreesWithThePeer(string file, string method, string key, string value)
    {
        JsonElement golden = Fixtures.Golden(Model, file);
        (EncodedTable samples, EncodedTable background) = Data(golden);
        for (int row = 0; row < samples.RowCount; row++)
        {
            Explanation explanation = ExplainerCatalog.FindLocal(method).Explain(
                Fixtures.Request(Fixtures.Predictor(Model, 0, TargetSpace.Raw), samples, row, background, 0, key.Length > 0 ? [(key, value)] : []), null, default);
            GradientGoldens.AssertNear(
                golden, golden.GetProperty("values")[row].Doubles(), [.. explanation.Attributions.Select(attribution => attribution.Contribution)], $"row {row}");
            Assert.Equal(golden.GetProperty("predictions")[row].GetDouble(), explanation.PredictedValue!.Value, 1e-3);
            Assert.Equal(samples.Text(row, 2), explanation.Attributions[2].Value);
            // The peer's delta is the sum minus the difference; ours is the difference minus the sum.
            if (golden.TryGetProperty("convergence_delta", out JsonElement delta))
                Assert.Equal(-delta[row].GetDouble(), explanation.CompletenessGap!.Value, 0.01);
        }
    }

    [Fact]
    public void Explain_GradientShapOverSeeds_LiesWithinThePeersSpread()
    {
        const int Seeds = 10;
        JsonElement golden = Fixtures.Golden(Model, "gradient-shap");
        (EncodedTable samples, EncodedTable background) = Data(golden);
        for (int row = 0; row < samples.RowCount; row++)
        {
            double[][] runs = [.. Enumerable.Range(0, Seeds).Select(seed => new GradientShap().Explain(
                Fixtures.Request(Fixtures.Predictor(Model, 0, TargetSpace.Raw), samples, row, background, seed, ("samples", "200")), null, default)
                .Attributions.Select(attribution => attribution.Contribution).ToArray())];
            GradientGoldens.AssertWithinSpread(golden, row, runs);
        }
    }

    private static (EncodedTable Samples, EncodedTable Background) Data(JsonElement golden)
    {
        JsonElement parameters = golden.GetProperty("parameters");
        int[]? rows = parameters.TryGetProperty("baselines", out JsonElement named) || parameters.TryGetProperty("background", out named)
            ? named.GetProperty("rows").Ints() : null;
        return (
            Fixtures.Encode(Model, "diabetes/test.csv", "target", golden.GetProperty("inputs").GetProperty("rows").Ints()),
            Fixtures.Encode(Model, "diabetes/train.csv", "target", rows));
    }
}
