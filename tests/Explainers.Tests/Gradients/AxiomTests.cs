using ExplainLsp.Models;
using ExplainLsp.Models.Tests;
using ExplainLsp.Samples;
using static ExplainLsp.Models.Tests.TinyModel;

namespace ExplainLsp.Explainers.Tests.Gradients;

/// <summary>What theory promises of attributions (Sundararajan et al. 2017; Shrikumar et al. 2017).</summary>
public sealed class AxiomTests : IDisposable
{
    private static readonly float[] X = [0.8f, -1.3f, 0.8f, 2.1f];
    private static readonly float[] W = [1.5f, -0.7f, 0.4f, 0.9f, -1.1f, 0.3f, 0.6f, -0.2f];
    private readonly SmallModels models = new();

    public void Dispose() => models.Dispose();

    [Theory]
    [InlineData("fashion-cnn", 9)]
    [InlineData("digits-resnet", 3)]
    public void IntegratedGradients_Pictures_AddUp(string model, int target)
    {
        var golden = Fixtures.Golden(model, "integrated-gradients");
        foreach ((string picture, _) in GridFixtures.Inputs(golden).Take(2))
        {
            foreach (TargetSpace space in new[] { TargetSpace.Raw, TargetSpace.Probability })
            {
                Explanation explanation = new IntegratedGradients().Explain(
                    GridFixtures.Request(model, GridFixtures.Image(model, picture), target, space: space, options: [("steps", "400")]), null, default);
                double difference = explanation.PredictedValue!.Value - explanation.BaseValue!.Value;
                Assert.InRange(Math.Abs(explanation.CompletenessGap!.Value), 0, Math.Max(0.02 * Math.Abs(difference), 2e-3));
                Assert.Equal(difference, explanation.Tensor!.Values.Sum() + explanation.CompletenessGap.Value, 1e-9);
            }
        }
    }

    [Theory]
    [InlineData("diabetes-mlp", "diabetes", 0, TargetSpace.Raw, 0.1)]
    [InlineData("diabetes-mlp-sklearn", "diabetes", 0, TargetSpace.Raw, 0.1)]
    [InlineData("wine-logreg", "wine", 1, TargetSpace.Probability, 1e-4)]
    [InlineData("wine-logreg", "wine", 2, TargetSpace.Raw, 0.01)]
    public void IntegratedGradients_Rows_AddUp(string model, string data, int index, TargetSpace space, double least)
    {
        EncodedTable rows = Fixtures.Encode(model, $"{data}/test.csv", "target", Enumerable.Range(0, 10));
        EncodedTable background = Fixtures.Encode(model, $"{data}/train.csv", "target");
        for (int row = 0; row < 10; row++)
        {
            Explanation explanation = new IntegratedGradients().Explain(
                Fixtures.Request(Fixtures.Predictor(model, index, space), rows, row, background, 0, ("steps", "400")), null, default);
            double difference = explanation.PredictedValue!.Value - explanation.BaseValue!.Value;
            Assert.InRange(Math.Abs(explanation.CompletenessGap!.Value), 0, Math.Max(0.01 * Math.Abs(difference), least));
        }
    }

    [Fact]
    public void IntegratedGradients_Tolerance_RaisesStepsUntilItHolds()
    {
        LocalRequest request = GridFixtures.Request(
            "fashion-cnn", GridFixtures.Image("fashion-cnn", "data/fashion-mnist/test/Coat/00010.png"), 4, options: [("steps", "4"), ("tolerance", "0.01")]);
        Explanation explanation = new IntegratedGradients().Explain(request, null, default);
        Assert.InRange(
            Math.Abs(explanation.CompletenessGap!.Value), 0, 0.01 * Math.Abs(explanation.PredictedValue!.Value - explanation.BaseValue!.Value));
        Assert.InRange((long)explanation.Options["steps"], 5, 12_800);
    }

    /// <summary>|z| is max(z, 0) + max(−z, 0) is √z²: one function, one answer.</summary>
    [Theory]
    [InlineData("integrated-gradients")]
    [InlineData("saliency")]
    [InlineData("input-x-gradient")]
    public void Explain_TheSameFunctionByOtherOperators_IsTheSame(string method)
    {
        ModelSession plain = models.Open(4, 2, model => model.Weights("w", [4, 2], W),
            Node("MatMul", ["x", "w"], ["z"]), Node("Abs", ["z"], ["y"]));
        ModelSession rectified = models.Open(4, 2, model => model.Weights("w", [4, 2], W).Weights("zero", [2], 0, 0),
            Node("Gemm", ["x", "w", "zero"], ["z"]), Node("Neg", ["z"], ["n"]), Node("Relu", ["z"], ["p"]), Node("Relu", ["n"], ["q"]), Node("Add", ["p", "q"], ["y"]));
        ModelSession root = models.Open(4, 2, model => model.Weights("w", [4, 2], W),
            Node("MatMul", ["x", "w"], ["z"]), Node("Mul", ["z", "z"], ["s"]), Node("Sqrt", ["s"], ["y"]));
        double[] expected = SmallModels.Explain(method, plain, X);
        Assert.Equal(expected, SmallModels.Explain(method, rectified, X), Near);
        Assert.Equal(expected, SmallModels.Explain(method, root, X), Near);
    }

    [Fact]
    public void IntegratedGradients_WeightedSumOfFunctions_IsTheWeightedSumOfTheirs()
    {
        ModelSession f = models.Open(4, 1, model => model.Weights("w", [4, 1], W[..4]), Node("MatMul", ["x", "w"], ["z"]), Node("Tanh", ["z"], ["y"]));
        ModelSession g = models.Open(4, 1, model => model.Weights("w", [4, 1], W[4..]), Node("MatMul", ["x", "w"], ["z"]), Node("Softplus", ["z"], ["y"]));
        ModelSession sum = models.Open(
            4, 1, model => model.Weights("w", [4, 1], W[..4]).Weights("v", [4, 1], W[4..]).Weights("a", [1], 2).Weights("b", [1], -3),
            Node("MatMul", ["x", "w"], ["p"]), Node("Tanh", ["p"], ["q"]), Node("MatMul", ["x", "v"], ["r"]), Node("Softplus", ["r"], ["s"]),
            Node("Mul", ["q", "a"], ["t"]), Node("Mul", ["s", "b"], ["u"]), Node("Add", ["t", "u"], ["y"]));
        double[] one = SmallModels.Explain("integrated-gradients", f, X), two = SmallModels.Explain("integrated-gradients", g, X);
        Assert.Equal(one.Zip(two, (a, b) => (2 * a) - (3 * b)), SmallModels.Explain("integrated-gradients", sum, X), Near);
    }

    [Theory]
    [InlineData("integrated-gradients")]
    [InlineData("deep-lift")]
    [InlineData("input-x-gradient")]
    [InlineData("lrp")]
    public void Explain_AnInputThatTheModelDoesNotUse_HasNothing(string method)
    {
        ModelSession session = models.Open(4, 1, model => model.Weights("w", [4, 1], 1.5f, 0, -0.7f, 0.4f).Weights("b", [1], 0.3f),
            Node("MatMul", ["x", "w"], ["z"]), Node("Add", ["z", "b"], ["h"]), Node("Tanh", ["h"], ["y"]));
        Assert.Equal(0, SmallModels.Explain(method, session, X)[1]);
    }

    [Theory]
    [InlineData("integrated-gradients")]
    [InlineData("deep-lift")]
    [InlineData("lrp")]
    public void Explain_InputsThatPlayTheSamePart_HaveTheSame(string method)
    {
        // Elements 0 and 2 are equal and have equal weights.
        ModelSession session = models.Open(4, 1, model => model.Weights("w", [4, 1], 0.6f, 0.2f, 0.6f, -0.4f),
            Node("MatMul", ["x", "w"], ["z"]), Node("Sigmoid", ["z"], ["s"]), Node("Mul", ["s", "z"], ["y"]));
        double[] values = SmallModels.Explain(method, session, X);
        Assert.Equal(values[0], values[2], 1e-7);
    }

    [Theory]
    [InlineData("integrated-gradients")]
    [InlineData("deep-lift")]
    [InlineData("gradient-shap")]
    [InlineData("deep-lift-shap")]
    public void Explain_ALinearFunction_IsWeightTimesDifference(string method)
    {
        ModelSession session = models.Open(Linear(1.5f, -2, 0.25f, 3));
        double[] values = SmallModels.Explain(method, session, X, ("baseline", "0.5"));
        double[] expected = [1.5 * (0.8 - 0.5), -2 * (-1.3 - 0.5), 0.25 * (0.8 - 0.5), 3 * (2.1 - 0.5)];
        Assert.Equal(expected, values, (a, b) => Math.Abs(a - b) < 1e-5);
    }

    /// <summary>ε-LRP of rectifiers without biases is input × gradient (Ancona et al. 2018), and adds up to the output.</summary>
    [Fact]
    public void Lrp_RectifiersWithoutBias_IsInputTimesGradientAndAddsUp()
    {
        ModelSession session = models.Open(4, 1, model => model.Weights("w", [4, 2], W).Weights("v", [2, 1], 0.8f, 1.2f),
            Node("MatMul", ["x", "w"], ["z"]), Node("Relu", ["z"], ["h"]), Node("MatMul", ["h", "v"], ["y"]));
        Explanation lrp = new Lrp().Explain(SmallModels.Request(session, X), null, default);
        Assert.Equal(SmallModels.Explain("input-x-gradient", session, X), lrp.Tensor!.Values, Near);
        Assert.Equal(0, lrp.CompletenessGap!.Value, 1e-5);
    }

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) <= 1e-4 * Math.Max(1, Math.Abs(expected));
}
