using System.Text.Json;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests.Methods;

public sealed class LimeTests
{
    private static readonly EncodedTable Samples = Fixtures.Encode("breast-cancer-gbm", "breast-cancer/test.csv", "target");
    private static readonly EncodedTable Training = Fixtures.Encode("breast-cancer-gbm", "breast-cancer/train.csv", "target");

    private static Explanation Explain(int row, long seed, params (string, string)[] options) => new Lime().Explain(
        Fixtures.Request(Fixtures.Predictor("breast-cancer-gbm", 1), Samples, row, Training, seed, options), null, default);

    [Theory]
    [InlineData("lime-tabular", "quartile")]
    [InlineData("lime-tabular-continuous", "none")]
    public void Explain_BreastCancer_LiesWithinThePeersSpread(string file, string discretizer)
    {
        JsonElement golden = Fixtures.Golden("breast-cancer-gbm", file);
        int[] rows = golden.GetProperty("inputs").GetProperty("rows").Ints();
        for (int at = 0; at < rows.Length; at++)
        {
            Explanation explanation = Explain(rows[at], 3, ("discretizer", discretizer));
            double[] mean = golden.GetProperty("values_mean")[at].Doubles();
            double[] deviation = golden.GetProperty("values_std")[at].Doubles();
            double[] ours = [.. explanation.Attributions.Select(attribution => attribution.Contribution)];
            for (int i = 0; i < ours.Length; i++)
                Assert.True(Math.Abs(ours[i] - mean[i]) <= (4 * deviation[i]) + 2e-3, $"row {rows[at]}, {explanation.Attributions[i].Feature}: peer {mean[i]} ± {deviation[i]}, here {ours[i]}");

            int[] clear = [.. Enumerable.Range(0, 30).Where(i => Math.Abs(mean[i]) > 2 * deviation[i])];
            Assert.True(RankCorrelation([.. clear.Select(i => Math.Abs(mean[i]))], [.. clear.Select(i => Math.Abs(ours[i]))]) > 0.9 || clear.Length < 4);
            Inside("intercept", "intercept");
            Inside("local_prediction", "localPrediction");
            Inside("score", "r2");

            void Inside(string peer, string here)
            {
                double centre = golden.GetProperty(peer).GetProperty("values_mean")[at].GetDouble();
                double spread = golden.GetProperty(peer).GetProperty("values_std")[at].GetDouble();
                double value = (double)explanation.Quality[here];
                Assert.True(Math.Abs(value - centre) <= (4 * spread) + 2e-3, $"{here}: peer {centre} ± {spread}, here {value}");
            }
        }
    }

    [Fact]
    public void Explain_PoorFit_WarnsWithTheNumber()
    {
        Explanation explanation = Explain(0, 0);
        double r2 = (double)explanation.Quality["r2"];
        Assert.InRange(r2, 0, 0.5);
        Assert.Contains(explanation.Warnings, warning => warning.Contains($"R² {r2:F2}", StringComparison.Ordinal));
        Assert.Null(explanation.CompletenessGap);
        Assert.Equal(0.75 * Math.Sqrt(30), explanation.Options["kernel-width"]);
        Assert.Equal(5000L, explanation.Options["samples"]);
    }

    [Fact]
    public void Explain_AdultWithTextColumns_FindsTheStrongColumns()
    {
        EncodedTable samples = Fixtures.Encode("adult-gbm", "adult/test.csv", "income", [0]);
        EncodedTable training = Fixtures.Encode("adult-gbm", "adult/train-sample.csv", "income", Enumerable.Range(0, 500));
        Explanation explanation = new Lime().Explain(
            Fixtures.Request(Fixtures.Predictor("adult-gbm", 1), samples, 0, training, 3, ("samples", "3000")), null, default);
        string strongest = explanation.Attributions.MaxBy(attribution => Math.Abs(attribution.Contribution))!.Feature;
        Assert.Contains(strongest, (string[])["capital-gain", "marital-status"]);
        Assert.True(explanation.Attributions.Single(attribution => attribution.Feature == "marital-status").Contribution > 0.05);
    }

    [Fact]
    public void Explain_SameSeed_GivesTheSameBits()
    {
        Assert.Equal(Contributions(5), Contributions(5));
        Assert.NotEqual(Contributions(5), Contributions(6));

        static double[] Contributions(long seed) => [.. Explain(1, seed).Attributions.Select(attribution => attribution.Contribution)];
    }

    private static double RankCorrelation(double[] x, double[] y)
    {
        static double[] Ranks(double[] values) => [.. values.Select(value => (double)values.Count(other => other < value))];
        double[] a = Ranks(x), b = Ranks(y);
        double meanA = a.Average(), meanB = b.Average();
        double cross = a.Zip(b, (p, q) => (p - meanA) * (q - meanB)).Sum();
        return cross / Math.Sqrt(a.Sum(p => (p - meanA) * (p - meanA)) * b.Sum(q => (q - meanB) * (q - meanB)));
    }
}
