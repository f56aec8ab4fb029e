using System.Text.Json;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests.Grids;

/// <summary>Methods by perturbation over images against Captum's, SHAP's and lime's values.</summary>
public sealed class GridGoldenTests
{
    [Theory]
    [InlineData("fashion-cnn")]
    [InlineData("digits-resnet")]
    public void Occlusion_Window4Stride2_IsCaptums(string model)
    {
        JsonElement golden = Fixtures.Golden(model, "occlusion");
        Compare(golden, model, "occlusion", ("window", "1,4,4"), ("stride", "1,2,2"));
    }

    [Theory]
    [InlineData("fashion-cnn")]
    [InlineData("digits-resnet")]
    public void FeatureAblation_RegionsOfAFile_IsCaptums(string model) => CompareMasked(model, "feature-ablation", "feature-ablation");

    [Theory]
    [InlineData("fashion-cnn")]
    [InlineData("digits-resnet")]
    public void ExactShap_RegionsOfAFile_IsCaptumsOverAllPermutations(string model) => CompareMasked(model, "shapley-values-exact", "exact-shap");

    [Theory]
    [InlineData("kernel-shap", "kernel-shap", "400")]
    [InlineData("shapley-value-sampling", "permutation-shap", null)]
    public void Shap_RegionsOfAFile_LiesWithinCaptumsSpread(string file, string method, string? evaluations)
    {
        JsonElement golden = Fixtures.Golden("fashion-cnn", file);
        string mask = GridFixtures.MaskFile(golden.GetProperty("parameters").GetProperty("mask"));
        int pictures = golden.GetProperty("shape")[0].GetInt32();
        foreach (var ((path, target), i) in GridFixtures.Inputs(golden).Take(pictures).Select((pair, i) => (pair, i)))
        {
            double[] mean = golden.GetProperty("values_mean")[i].Flat();
            double[] deviation = golden.GetProperty("values_std")[i].Flat();
            (string, string)[] options = evaluations is null ? [("mask", mask)] : [("mask", mask), ("evaluations", evaluations)];
            const int Runs = 5;
            double[][] runs = [.. Enumerable.Range(0, Runs).Select(seed => Values(method, "fashion-cnn", path, target, seed, options))];
            for (int at = 0; at < mean.Length; at++)
            {
                double ours = runs.Average(run => run[at]);
                double allowed = (4 * deviation[at] / Math.Sqrt(Runs)) + (1e-3 * mean.Max(Math.Abs));
                Assert.True(Math.Abs(ours - mean[at]) <= allowed, $"{path} element {at}: peer {mean[at]} ± {deviation[at]}, here {ours}");
            }
        }
    }

    [Fact]
    public void PartitionShap_500Evaluations_IsShaps()
    {
        JsonElement golden = Fixtures.Golden("fashion-cnn", "shap-partition");
        double tolerance = golden.GetProperty("tolerance").GetProperty("abs").GetDouble();
        double[][] bases = [.. golden.GetProperty("base_value").EnumerateArray().Select(value => value.Flat())];
        foreach (var ((path, target), i) in GridFixtures.Inputs(golden).Take(bases.Length).Select((pair, i) => (pair, i)))
        {
            Explanation explanation = Explain("partition-shap", "fashion-cnn", path, target, 0, TargetSpace.Raw);
            Assert.Equal(bases[i][0], explanation.BaseValue!.Value, tolerance);
            Assert.Equal(0, explanation.CompletenessGap!.Value, 1e-6);
            Assert.Equal(500, explanation.Cost.Evaluations);
            double[] peers = golden.GetProperty("values")[i].Flat();
            for (int at = 0; at < peers.Length; at++)
                Assert.Equal(peers[at], explanation.Tensor!.Values[at], tolerance);
        }
    }

    [Fact]
    public void Lime_BlackRegions_LiesWithinThePackagesSpread()
    {
        JsonElement golden = Fixtures.Golden("fashion-cnn", "lime-image");
        string mask = GridFixtures.MaskFile(golden.GetProperty("parameters").GetProperty("segments"));
        int pictures = golden.GetProperty("values_mean").GetArrayLength();
        foreach (var ((path, target), i) in GridFixtures.Inputs(golden).Take(pictures).Select((pair, i) => (pair, i)))
        {
            const int Runs = 5;
            Explanation[] runs = [.. Enumerable.Range(0, Runs).Select(seed =>
                Explain("lime", "fashion-cnn", path, target, seed, TargetSpace.Probability, ("segments", mask), ("baseline", "black")))];
            double[] mean = golden.GetProperty("values_mean")[i].Flat();
            double[] deviation = golden.GetProperty("values_std")[i].Flat();
            for (int at = 0; at < mean.Length; at++)
                Near(mean[at], deviation[at], runs.Average(run => run.Attributions[at].Contribution), mean.Max(Math.Abs), $"region {at}");
            Inside("intercept", "intercept");
            Inside("score", "r2");

            void Inside(string peer, string here)
            {
                double centre = golden.GetProperty(peer).GetProperty("values_mean")[i].GetDouble();
                double spread = golden.GetProperty(peer).GetProperty("values_std")[i].GetDouble();
                Near(centre, spread, runs.Average(run => (double)run.Quality[here]), Math.Abs(centre), here);
            }
        }
    }

    private static void Near(double mean, double deviation, double ours, double largest, string what) =>
        Assert.True(Math.Abs(ours - mean) <= (4 * deviation / Math.Sqrt(5)) + (1e-3 * largest), $"{what}: peer {mean} ± {deviation}, here {ours}");

    private static void CompareMasked(string model, string file, string method)
    {
        JsonElement golden = Fixtures.Golden(model, file);
        Compare(golden, model, method, ("mask", GridFixtures.MaskFile(golden.GetProperty("parameters").GetProperty("mask"))));
    }

    private static void Compare(JsonElement golden, string model, string method, params (string, string)[] options)
    {
        double tolerance = golden.GetProperty("tolerance").GetProperty("abs").GetDouble();
        foreach (var ((path, target), i) in GridFixtures.Inputs(golden).Select((pair, i) => (pair, i)))
        {
            double[] peers = golden.GetProperty("values")[i].Flat();
            double[] ours = Values(method, model, path, target, 0, options);
            Assert.Equal(peers.Length, ours.Length);
            for (int at = 0; at < peers.Length; at++)
                Assert.True(Math.Abs(peers[at] - ours[at]) <= tolerance, $"{path} element {at}: peer {peers[at]}, here {ours[at]}");
        }
    }

    private static double[] Values(string method, string model, string path, int target, long seed, params (string, string)[] options) =>
        [.. Explain(method, model, path, target, seed, TargetSpace.Raw, options).Tensor!.Values];

    private static Explanation Explain(
        string method, string model, string path, int target, long seed, TargetSpace space, params (string, string)[] options) =>
        ExplainerCatalog.FindLocal(method).Explain(
            GridFixtures.Request(model, GridFixtures.Image(model, path), target, seed, space, options), null, default);
}
