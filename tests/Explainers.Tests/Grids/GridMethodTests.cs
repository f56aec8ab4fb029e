using System.Collections.Immutable;
using ExplainLsp.Explainers.Grids;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests.Grids;

/// <summary>What theory says of methods over images, what is shown on the way, what is refused.</summary>
public sealed class GridMethodTests
{
    private const string Model = "fashion-cnn";
    private const string Boot = "data/fashion-mnist/test/Ankle boot/00000.png";

    private static readonly ImageSample Image = GridFixtures.Image(Model, Boot);

    private static Explanation Explain(string method, IProgress<ExplanationProgress>? progress, long seed, params (string, string)[] options) =>
        ExplainerCatalog.FindLocal(method).Explain(GridFixtures.Request(Model, Image, 9, seed, TargetSpace.Raw, options), progress, default);

    private static string Refused(string method, params (string, string)[] options) =>
        Assert.Throws<ExplainerException>(() => Explain(method, null, 0, options)).Message;

    [Theory]
    [InlineData("exact-shap", "grid:6", 1e-9)]
    [InlineData("kernel-shap", "grid:16", 1e-9)]
    [InlineData("permutation-shap", "slic:20", 1e-9)]
    [InlineData("partition-shap", "quickshift", 1e-9)]
    public void ShapVariants_AnyRegions_AddUpAndLeaveDummiesAtZero(string method, string segments, double tolerance)
    {
        Explanation explanation = Explain(method, null, 1, ("segments", segments), ("baseline", "black"), ("evaluations", method == "exact-shap" ? "64" : "300"));
        Assert.Equal(0, explanation.CompletenessGap!.Value, tolerance);
        Assert.Equal(explanation.PredictedValue!.Value - explanation.BaseValue!.Value, explanation.Attributions.Sum(one => one.Contribution), 1e-4);
        Assert.Equal(784, explanation.Regions.Length);
        for (int i = 0; i < 784; i++)
            Assert.Equal(explanation.Attributions[explanation.Regions[i]].Contribution, explanation.Tensor!.Values[i]);
        if (method == "partition-shap")
            return;
        // A region that is black already is a dummy.
        float[] values = (float[])Image.Tensor.Data;
        foreach (int region in Enumerable.Range(0, explanation.Attributions.Length).Where(region =>
            Enumerable.Range(0, 784).Where(i => explanation.Regions[i] == region).All(i => values[i] == values[0])))
        {
            Assert.Equal(0, explanation.Attributions[region].Contribution);
        }
    }

    [Fact]
    public void FeatureAblation_EachRegion_IsTheDropWithoutIt()
    {
        Explanation explanation = Explain("feature-ablation", null, 0, ("segments", "grid:16"), ("baseline", "0.25"));
        Predictor predictor = Fixtures.Predictor(Model, 9, TargetSpace.Raw);
        double[] value = new double[1];
        for (int region = 0; region < 16; region++)
        {
            float[] changed = [.. (float[])Image.Tensor.Data];
            for (int i = 0; i < changed.Length; i++)
                changed[i] = explanation.Regions[i] == region ? 0.25f : changed[i];
            predictor.Predict(new InputBatch([Image.Tensor with { Data = changed }], 1) { Rows = 1 }, value, default);
            Assert.Equal(explanation.PredictedValue!.Value - value[0], explanation.Attributions[region].Contribution, 1e-4);
        }
    }

    [Fact]
    public void FeatureAblation_RowOfATable_IsOcclusionsColumns()
    {
        EncodedTable samples = Fixtures.Encode("breast-cancer-gbm", "breast-cancer/test.csv", "target", [3]);
        EncodedTable background = Fixtures.Encode("breast-cancer-gbm", "breast-cancer/background100.csv", "target");
        LocalRequest request = Fixtures.Request(Fixtures.Predictor("breast-cancer-gbm", 1), samples, 0, background);
        Assert.Equal(
            new Occlusion().Explain(request, null, default).Attributions.ToArray(), new FeatureAblation().Explain(request, null, default).Attributions.ToArray());
        Assert.Contains("is for images and tensors", Assert.Throws<ExplainerException>(
            () => new FeatureAblation().Explain(request with { Options = Fixtures.Options(("segments", "slic")) }, null, default)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rise", "samples", "400")]
    [InlineData("lime", "samples", "300")]
    [InlineData("kernel-shap", "evaluations", "800")]
    [InlineData("permutation-shap", "evaluations", null)]
    public void RandomMethods_SeedsAndThreads_DecideTheBitsAloneBySeed(string method, string key, string? value)
    {
        (string, string)[] options = value is null ? [] : [(key, value)];
        ImmutableArray<double> one = Map(5, 1);
        Assert.Equal(one.ToArray(), Map(5, 2).ToArray());
        Assert.NotEqual(one.ToArray(), Map(6, 1).ToArray());

        ImmutableArray<double> Map(long seed, int threads) => ExplainerCatalog.FindLocal(method).Explain(
            new LocalRequest(Fixtures.Predictor(Model, 9, TargetSpace.Raw, threads), Image, null, Fixtures.Options(options), seed), null, default).Tensor!.Values;
    }

    [Theory]
    [InlineData("occlusion")]
    [InlineData("feature-ablation")]
    [InlineData("lime")]
    [InlineData("exact-shap")]
    [InlineData("kernel-shap")]
    [InlineData("permutation-shap")]
    [InlineData("partition-shap")]
    [InlineData("rise")]
    [InlineData("score-cam")]
    public void Explain_Cancelled_Stops(string method)
    {
        Assert.Throws<OperationCanceledException>(() => ExplainerCatalog.FindLocal(method).Explain(
            GridFixtures.Request(Model, Image, 9), null, new CancellationToken(true)));
    }

    [Theory]
    [InlineData("occlusion")]
    [InlineData("lime")]
    [InlineData("kernel-shap")]
    [InlineData("permutation-shap")]
    [InlineData("partition-shap")]
    [InlineData("rise")]
    public void Progress_OnTheWay_ShowsCoarseMapsAndChangesNothing(string method)
    {
        List<ExplanationProgress> told = [];
        Explanation watched = Explain(method, new GridFixtures.Progress(told.Add), 2, method == "occlusion" ? [("stride", "1")] : []);
        Assert.Equal(Explain(method, null, 2, method == "occlusion" ? [("stride", "1")] : []).Tensor!.Values.ToArray(), watched.Tensor!.Values.ToArray());
        Explanation[] partial = [.. told.Where(one => one.Partial is not null).Select(one => one.Partial!)];
        Assert.NotEmpty(partial);
        Assert.All(partial, one => Assert.Equal(watched.Tensor!.Values.Length, one.Tensor!.Values.Length));
        Assert.True(partial[0].Cost.Evaluations < watched.Cost.Evaluations);
        Assert.True(told.Zip(told.Skip(1)).All(pair => pair.First.Done <= pair.Second.Done && pair.Second.Done <= pair.Second.Total));
        Assert.True(Correlation(partial[^1].Tensor!.Values, watched.Tensor!.Values) > 0.5);
    }

    [Fact]
    public void Rise_MoreSamples_HalveTheErrorAndAgree()
    {
        Explanation few = Explain("rise", null, 1, ("samples", "500"));
        Explanation many = Explain("rise", null, 2, ("samples", "2000"));
        double fewError = (double)few.Quality["largestStandardError"];
        double manyError = (double)many.Quality["largestStandardError"];
        Assert.InRange(fewError / manyError, 1.7, 2.3);
        double allowed = 5 * Math.Sqrt((fewError * fewError) + (manyError * manyError));
        Assert.All(few.Tensor!.Values.Zip(many.Tensor!.Values), pair => Assert.InRange(pair.First - pair.Second, -allowed, allowed));
        Assert.Equal([1, 28, 28], few.Tensor!.Shape.ToArray());
    }

    [Theory]
    [InlineData(28, 28, 7)]
    [InlineData(30, 17, 4)]
    [InlineData(1, 50, 7)]
    public void RandomMasks_AnyShape_ShowHalfOnAverageWithinZeroAndOne(int height, int width, int grid)
    {
        var masks = new RandomMasks(height, width, grid, 3);
        float[] mask = new float[height * width];
        double[] sum = new double[mask.Length];
        const int Count = 2000;
        for (int i = 0; i < Count; i++)
        {
            masks.Write(i, mask);
            Assert.True(mask.Min() >= 0 && mask.Max() <= 1.000001f);
            for (int at = 0; at < mask.Length; at++)
                sum[at] += mask[at] / Count;
        }
        // A cell's deviation is at most ½: five of its errors.
        Assert.All(sum, mean => Assert.InRange(mean, 0.5 - (2.5 / Math.Sqrt(Count)), 0.5 + (2.5 / Math.Sqrt(Count))));
    }

    [Fact]
    public void ScoreCam_Map_IsAWeighedMeanOfTheLayersChannels()
    {
        Explanation map = Explain("score-cam", null, 0, ("layer", "features.8"));
        Assert.Equal([1, 7, 7], map.Tensor!.Shape.ToArray());
        Assert.True(map.Tensor.Values.Max() > 0);
        Assert.All(map.Tensor.Values, value => Assert.True(value >= 0));
        // 64 channels at most, and the baseline.
        Assert.InRange(map.Cost.ModelRows, 3, 70);
        Assert.Equal(784, Explain("score-cam", null, 0, ("layer", "features.8"), ("upsample", "bilinear")).Tensor!.Values.Length);
    }

    [Fact]
    public void Occlusion_WindowOverEverything_IsTheDropToTheBaseline()
    {
        Explanation whole = Explain("occlusion", null, 0, ("window", "28"), ("stride", "28"), ("baseline", "black"));
        Explanation exact = Explain("exact-shap", null, 0, ("segments", "grid:1"), ("baseline", "black"));
        Assert.All(whole.Tensor!.Values, value => Assert.Equal(exact.Attributions[0].Contribution, value, 1e-5));
        Assert.Equal("28,28", ((string)whole.Options["window"])[^5..]);
    }

    [Fact]
    public void Methods_TensorOfAFile_ExplainAsThePictureThatItWas()
    {
        TensorSample tensor = TensorSample.Create(
            new NumpyArray([1, 28, 28], Array.ConvertAll((float[])Image.Tensor.Data, value => (double)value), "f4"), "boot.npy", null,
            new InputSpec(Image.Tensor.Name, typeof(float), Image.Tensor.RowShape));
        Explanation ofTensor = ExplainerCatalog.FindLocal("occlusion").Explain(GridFixtures.Request(Model, tensor, 9), null, default);
        Assert.Equal(Explain("occlusion", null, 0).Tensor!.Values.ToArray(), ofTensor.Tensor!.Values.ToArray());
    }

    [Theory]
    [InlineData("occlusion", "window", "0", "pixels as 4, 4x4 or 1,4,4")]
    [InlineData("occlusion", "window", "1,2,3,4", "pixels as 4, 4x4 or 1,4,4")]
    [InlineData("occlusion", "window", "40", "up to 1,28,28 of the sample")]
    [InlineData("occlusion", "stride", "9", "of the window, so that nothing is left out")]
    [InlineData("occlusion", "baseline", "pink", "zero, mean, segment-mean, blur, black, white, a number, or a file")]
    [InlineData("lime", "segments", "voronoi", "quickshift, slic, grid, slic:N, grid:N, pixels, or an .npy")]
    [InlineData("lime", "segments", "grid:none", "a whole number of regions")]
    [InlineData("lime", "discretizer", "none", "is for rows of tables")]
    [InlineData("exact-shap", "segments", "slic", "regions) × ")]
    [InlineData("rise", "grid", "0", "a whole number from 1 to 64")]
    [InlineData("partition-shap", "evaluations", "1", "a whole number from 4")]
    public void Explain_OptionThatCannotBe_SaysWhatCan(string method, string key, string value, string expected)
    {
        string message = Refused(method, (key, value));
        Assert.True(message.Contains(expected.Replace(" × ", "", StringComparison.Ordinal), StringComparison.Ordinal), message);
    }

    private static double Correlation(ImmutableArray<double> one, ImmutableArray<double> other)
    {
        (double meanOne, double meanOther) = (one.Average(), other.Average());
        double together = one.Zip(other).Sum(pair => (pair.First - meanOne) * (pair.Second - meanOther));
        return together / Math.Sqrt(one.Sum(value => (value - meanOne) * (value - meanOne)) * other.Sum(value => (value - meanOther) * (value - meanOther)));
    }
}
