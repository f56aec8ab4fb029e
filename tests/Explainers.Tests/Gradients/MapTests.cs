using ExplainLsp.Explainers.Gradients;
using ExplainLsp.Explainers.Sampling;
using ExplainLsp.Models;
using ExplainLsp.Models.Tests;
using ExplainLsp.Samples;
using static ExplainLsp.Models.Tests.TinyModel;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Explainers.Tests.Gradients;

/// <summary>Class activation maps and layer attributions: which layer, how it is a map, and what the papers' formulas give.</summary>
public sealed class MapTests : IDisposable
{
    private const string Coat = "data/fashion-mnist/test/Coat/00010.png";
    private readonly SmallModels models = new();

    public void Dispose() => models.Dispose();

    private static Explanation Explain(string method, params (string, string)[] options) => ExplainerCatalog.FindLocal(method).Explain(
        GridFixtures.Request("fashion-cnn", GridFixtures.Image("fashion-cnn", Coat), 4, options: options), null, default);

    [Theory]
    [InlineData("layer-cam")]
    [InlineData("hires-cam")]
    [InlineData("grad-cam-plus-plus")]
    public void Map_OfALayer_IsThePapersFormulaOfActivationAndGradient(string method)
    {
        double[] a = [.. Explain("layer-activation", ("layer", "features.10")).Tensor!.Values];
        double[] g = [.. Explain("saliency", ("layer", "features.10"), ("absolute", "false")).Tensor!.Values];
        const int Places = 49;
        double[] expected = new double[Places];
        for (int k = 0; k < a.Length / Places; k++)
        {
            double[] A = a[(k * Places)..((k + 1) * Places)], G = g[(k * Places)..((k + 1) * Places)];
            double weight = 0, sum = 0;
            foreach (double value in A)
                sum += value;
            foreach (double gradient in G)
                weight += gradient == 0 ? 0 : Math.Pow(gradient, 2) / ((2 * Math.Pow(gradient, 2)) + (sum * Math.Pow(gradient, 3))) * Math.Max(gradient, 0);
            for (int i = 0; i < Places; i++)
            {
                expected[i] += method switch
                {
                    "layer-cam" => Math.Max(G[i], 0) * A[i],
                    "hires-cam" => G[i] * A[i],
                    _ => weight * A[i],
                };
            }
        }
        Explanation map = Explain(method, ("layer", "features.10"));
        Assert.Equal([1, 7, 7], map.Tensor!.Shape.ToArray());
        Assert.Equal(expected, map.Tensor.Values, (x, y) => Math.Abs(x - y) < 1e-6);
        Assert.Equal("/features/features.10/Relu_output_0", map.Tensor.Name);
    }

    /// <summary>Draelos and Carin 2020, section 3.3: behind a map that one linear layer reads, HiResCAM adds up to the logit without its bias.</summary>
    [Fact]
    public void HiResCam_MapBehindTheLastRectifier_AddsUpToTheLogitWithoutItsBias()
    {
        var golden = Fixtures.Golden("fashion-cnn", "gradcam");
        double[] biases = [.. GridFixtures.Inputs(golden).Select(input =>
        {
            Explanation map = new HiResCam().Explain(GridFixtures.Request(
                "fashion-cnn", GridFixtures.Image("fashion-cnn", input.File), 4, options: [("layer", "features.10"), ("relu", "false")]), null, default);
            return map.PredictedValue!.Value - map.Tensor!.Values.Sum();
        })];
        Assert.All(biases, bias => Assert.Equal(biases[0], bias, 1e-4));
    }

    [Fact]
    public void LayerIntegratedGradients_LayerThatEverythingPasses_AddsUp()
    {
        Explanation explanation = Explain("integrated-gradients", ("layer", "features.7"), ("steps", "200"));
        double difference = explanation.PredictedValue!.Value - explanation.BaseValue!.Value;
        Assert.InRange(Math.Abs(explanation.CompletenessGap!.Value), 0, 0.01 * Math.Abs(difference));
        Assert.Equal(difference, Explain("integrated-gradients").PredictedValue!.Value - Explain("integrated-gradients").BaseValue!.Value, 1e-4);
    }

    /// <summary>Dhamdhere et al. 2019, section 3: conductances of a layer that everything passes add up to f(x) − f(baseline).</summary>
    [Fact]
    public void LayerConductance_LayerThatEverythingPasses_AddsUp()
    {
        Explanation explanation = Explain("layer-conductance", ("layer", "features.8"), ("steps", "200"));
        double difference = explanation.PredictedValue!.Value - explanation.BaseValue!.Value;
        Assert.InRange(Math.Abs(explanation.CompletenessGap!.Value), 0, 0.01 * Math.Abs(difference));
        Assert.Equal([64, 7, 7], explanation.Tensor!.Shape.ToArray());
    }

    /// <summary>For f linear in the layer, the mean gradient is the gradient.</summary>
    [Fact]
    public void InternalInfluence_LayerThatIsReadLinearly_IsItsGradient()
    {
        double[] gradient = [.. Explain("saliency", ("layer", "features.10"), ("absolute", "false")).Tensor!.Values];
        Assert.Equal(gradient, Explain("internal-influence", ("layer", "features.10")).Tensor!.Values, (x, y) => Math.Abs(x - y) < 1e-5);
    }

    [Theory]
    [InlineData(new[] { 64, 7, 7 }, true, 64, new[] { 7, 7 }, 0)]
    [InlineData(new[] { 32, 100 }, true, 32, new[] { 100 }, 0)]
    [InlineData(new[] { 197, 768 }, false, 768, new[] { 14, 14 }, 1)]
    [InlineData(new[] { 198, 768 }, false, 768, new[] { 14, 14 }, 2)]
    [InlineData(new[] { 196, 768 }, false, 768, new[] { 14, 14 }, 0)]
    [InlineData(new[] { 50, 768 }, false, 768, new[] { 7, 7 }, 1)]
    public void FeatureMap_RowShape_IsReadAsChannelsOverPlaces(int[] row, bool convolution, int channels, int[] places, int others)
    {
        FeatureMap map = FeatureMap.Of([.. row], convolution, (224, 224))!;
        Assert.Equal((channels, others), (map.Channels, map.OtherTokens));
        Assert.Equal(places, map.Places);
    }

    [Fact]
    public void FeatureMap_TokensOfAWidePicture_HaveItsProportions()
    {
        FeatureMap map = FeatureMap.Of([(8 * 16) + 1, 32], false, (64, 128))!;
        Assert.Equal([8, 16], map.Places.ToArray());
        Assert.Equal(1, map.OtherTokens);
    }

    /// <summary>A connection goes around the last convolution: the map is the sum behind it.</summary>
    [Fact]
    public void Layer_ResidualBlock_IsTheSumBehindTheLastConvolution()
    {
        ModelSession session = models.Open(Of(
                Node("Conv", ["x", "w"], ["a"]), Node("Relu", ["a"], ["b"]), Node("Conv", ["b", "v"], ["c"]), Node("Add", ["b", "c"], ["d"]),
                Node("Relu", ["d"], ["e"]), Node("GlobalAveragePool", ["e"], ["f"]), Node("Flatten", ["f"], ["y"]))
            .Weights("w", [2, 1, 1, 1], 1, -1).Weights("v", [2, 2, 1, 1], 0.5f, 1, -0.5f, 1)
            .Input("x", DataType.Float, "N", 1, 4, 4).Output("y", DataType.Float, "N", 2));
        Assert.Equal("d", Map(session, 0).Tensor!.Name);
    }

    [Fact]
    public void Layer_OneConvolutionAfterAnother_IsTheLast()
    {
        ModelSession session = models.Open(Of(
                Node("Conv", ["x", "w"], ["a"]), Node("Relu", ["a"], ["b"]), Node("Conv", ["b", "v"], ["c"]),
                Node("Relu", ["c"], ["e"]), Node("GlobalAveragePool", ["e"], ["f"]), Node("Flatten", ["f"], ["y"]))
            .Weights("w", [2, 1, 1, 1], 1, -1).Weights("v", [2, 2, 1, 1], 0.5f, 1, -0.5f, 1)
            .Input("x", DataType.Float, "N", 1, 4, 4).Output("y", DataType.Float, "N", 2));
        Assert.Equal("c", Map(session, 0).Tensor!.Name);
    }

    /// <summary>
    /// Patches by a convolution, a class token before them, one attention, and an output that reads the class token alone: behind the
    /// attention no patch matters any more, so the map is the tensor of tokens before it, without the class token.
    /// </summary>
    [Fact]
    public void Layer_VisionTransformer_IsTheLastOneWhosePatchesMatter()
    {
        float[] Draw(int count, int seed)
        {
            var random = new SeededRandom(seed);
            return [.. Enumerable.Range(0, count).Select(_ => (float)(0.5 * random.Normal()))];
        }

        ModelSession session = models.Open(Of(
                Node("Conv", ["x", "patch"], ["p"], Attribute("strides", 2L, 2L)),
                Node("Reshape", ["p", "flat"], ["r"]), Node("Transpose", ["r"], ["t"], Attribute("perm", 0L, 2L, 1L)),
                Node("ReduceMean", ["t"], ["m"], Attribute("axes", [1L]), Attribute("keepdims", 1)), Node("Mul", ["m", "nothing"], ["n"]), Node("Add", ["n", "class"], ["cls"]),
                Node("Concat", ["cls", "t"], ["all"], Attribute("axis", 1)), Node("Add", ["all", "position"], ["tokens"]),
                Node("MatMul", ["tokens", "wq"], ["q"]), Node("MatMul", ["tokens", "wk"], ["k"]), Node("MatMul", ["tokens", "wv"], ["v"]),
                Node("Transpose", ["k"], ["kt"], Attribute("perm", 0L, 2L, 1L)), Node("MatMul", ["q", "kt"], ["s"]), Node("Softmax", ["s"], ["weights"], Attribute("axis", -1)),
                Node("MatMul", ["weights", "v"], ["o"]), Node("Add", ["o", "tokens"], ["out"]),
                Node("Gather", ["out", "first"], ["c"], Attribute("axis", 1)), Node("MatMul", ["c", "head"], ["y"]))
            .Weights("patch", [8, 1, 2, 2], Draw(32, 1)).Weights("nothing", [1], 0).Weights("class", [1, 1, 8], Draw(8, 2)).Weights("position", [1, 17, 8], Draw(136, 3))
            .Weights("wq", [8, 8], Draw(64, 4)).Weights("wk", [8, 8], Draw(64, 5)).Weights("wv", [8, 8], Draw(64, 6)).Weights("head", [8, 3], Draw(24, 7))
            .Integers("flat", [3], 0, 8, 16).Integers("first", [], 0)
            .Input("x", DataType.Float, "N", 1, 8, 8).Output("y", DataType.Float, "N", 3));
        float[] picture = Draw(64, 8);
        Explanation map = new HiResCam().Explain(SmallModels.Request(session, Picture(session, picture, 8), 1), null, default);
        Assert.Equal("tokens", map.Tensor!.Name);
        Assert.Equal([1, 4, 4], map.Tensor.Shape.ToArray());
        Assert.Equal(1L, map.Quality["tokensLeftOut"]);
        Assert.Contains(map.Tensor.Values, value => value != 0);
    }

    private static Explanation Map(ModelSession session, int target) => new HiResCam().Explain(
        SmallModels.Request(session, Picture(session, [.. Enumerable.Range(0, 16).Select(i => (i * 0.3f) - 2)], 4), target), null, default);

    private static TensorSample Picture(ModelSession session, float[] values, int side) => TensorSample.Create(
        new NumpyArray([1, side, side], Array.ConvertAll(values, value => (double)value), "f4"), "picture", null,
        new InputSpec("x", typeof(float), session.Inputs[0].RowShape));
}
