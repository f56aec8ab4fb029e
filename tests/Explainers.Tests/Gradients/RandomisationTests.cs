using ExplainLsp.Explainers.Sampling;
using ExplainLsp.Models;
using ExplainLsp.Models.Onnx;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Explainers.Tests.Gradients;

/// <summary>
/// The sanity check of Adebayo et al. 2018: a map that explains a model changes when the model's weights are drawn anew. Measured by rank
/// correlation between the maps of the trained network and of one with random weights of the same deviation a layer.
/// </summary>
public sealed class RandomisationTests : IDisposable
{
    private const string Trained = "fashion-cnn";
    private readonly SmallModels models = new();

    public void Dispose() => models.Dispose();

    [Theory]
    [InlineData("saliency", "absolute=false")]
    [InlineData("input-x-gradient", "")]
    [InlineData("integrated-gradients", "")]
    [InlineData("deep-lift", "")]
    [InlineData("lrp", "")]
    [InlineData("smooth-grad", "sigma=0.15")]
    [InlineData("gradient-shap", "")]
    [InlineData("hires-cam", "")]
    [InlineData("grad-cam", "")]
    [InlineData("layer-cam", "")]
    [InlineData("grad-cam-plus-plus", "")]
    public void Map_AllWeightsDrawnAnew_IsAnotherMap(string method, string options) =>
        Assert.InRange(Similarity(method, options, _ => true), -0.5, 0.5);

    /// <summary>The known failure that the product warns of: without the trained last layer guided backpropagation hardly changes, the gradient does.</summary>
    [Fact]
    public void GuidedBackprop_LastLayerDrawnAnew_ChangesLessThanTheGradient()
    {
        double guided = Similarity("guided-backprop", "", name => name.StartsWith("fc", StringComparison.Ordinal));
        double gradient = Similarity("saliency", "absolute=false", name => name.StartsWith("fc", StringComparison.Ordinal));
        Assert.True(guided > gradient + 0.1, $"guided {guided}, gradient {gradient}");
    }

    [Theory]
    [InlineData("guided-backprop")]
    [InlineData("deconvolution")]
    [InlineData("guided-grad-cam")]
    public void Explain_MapsOfEdges_WarnsThatTheyHardlyDependOnTheWeights(string method)
    {
        Explanation explanation = ExplainerCatalog.FindLocal(method).Explain(
            GridFixtures.Request(Trained, GridFixtures.Image(Trained, "data/fashion-mnist/test/Coat/00010.png"), 4), null, default);
        Assert.Contains(explanation.Warnings, warning => warning.StartsWith("This map hardly depends on the weights (Adebayo et al. 2018).", StringComparison.Ordinal));
    }

    /// <summary>The mean rank correlation over the goldens' pictures.</summary>
    private double Similarity(string method, string options, Func<string, bool> redrawn)
    {
        ModelSession random = models.Open(Redrawn(redrawn));
        (string, string)[] given = options.Length > 0 ? [(options[..options.IndexOf('=')], options[(options.IndexOf('=') + 1)..])] : [];
        return GridFixtures.Inputs(Fixtures.Golden(Trained, "gradient")).Average(input =>
        {
            var sample = GridFixtures.Image(Trained, input.File);
            LocalRequest request = GridFixtures.Request(Trained, sample, input.Target, options: given);
            Explanation real = ExplainerCatalog.FindLocal(method).Explain(request, null, default);
            Explanation drawn = ExplainerCatalog.FindLocal(method).Explain(
                request with { Predictor = SmallModels.PredictorOf(random, input.Target) }, null, default);
            return RankCorrelation([.. real.Tensor!.Values], [.. drawn.Tensor!.Values]);
        });
    }

    private static ModelProto Redrawn(Func<string, bool> redrawn)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(Fixtures.Root, "models", Trained, "model.onnx")));
        int stream = 0;
        foreach (TensorProto tensor in model.Graph.Initializer.Where(tensor => tensor.DataType == (int)DataType.Float && tensor.Dims.Count > 1 && redrawn(tensor.Name)))
        {
            var random = new SeededRandom(20, stream++);
            float[] values = tensor.RawData.Length > 0
                ? System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray() : [.. tensor.FloatData];
            double deviation = Math.Sqrt(values.Average(value => value * value));
            tensor.RawData = Google.Protobuf.ByteString.Empty;
            tensor.FloatData.Clear();
            tensor.FloatData.AddRange(values.Select(_ => (float)(deviation * random.Normal())));
        }
        return model;
    }

    private static double RankCorrelation(double[] a, double[] b)
    {
        (double[] x, double[] y) = (Ranks(a), Ranks(b));
        (double mx, double my) = (x.Average(), y.Average());
        double together = x.Zip(y, (p, q) => (p - mx) * (q - my)).Sum();
        return together / Math.Sqrt(x.Sum(p => (p - mx) * (p - mx)) * y.Sum(q => (q - my) * (q - my)));

        static double[] Ranks(double[] values)
        {
            int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
            double[] ranks = new double[values.Length];
            for (int from = 0, to; from < order.Length; from = to)
            {
                for (to = from + 1; to < order.Length && values[order[to]] == values[order[from]]; to++)
                {
                }
                for (int i = from; i < to; i++)
                    ranks[order[i]] = (from + to - 1) / 2.0;
            }
            return ranks;
        }
    }
}
