using static ExplainLsp.Models.Tests.TinyModel;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Tests.Gradients.Backward;

/// <summary>What layer-wise relevance propagation promises: relevance is conserved, and split as the rules say.</summary>
public class RelevanceTests
{
    [Theory]
    [InlineData("gates", BackwardKind.LrpEpsilon)]
    [InlineData("rooms", BackwardKind.LrpEpsilon)]
    [InlineData("rooms", BackwardKind.LrpGamma)]
    [InlineData("dense", BackwardKind.LrpEpsilon)]
    [InlineData("dense", BackwardKind.LrpGamma)]
    [InlineData("dense", BackwardKind.LrpZPlus)]
    [InlineData("dense", BackwardKind.LrpComposite)]
    public void Run_NetworkWithoutBiases_ConservesRelevance(string name, BackwardKind kind)
    {
        const int Rows = 3;
        var (model, shape) = RandomNetworks.Build(name, bias: false);
        var size = shape.Aggregate(1, (product, dimension) => product * dimension);
        var random = new Random(3);
        var x = Enumerable.Range(0, Rows * size).Select(_ => (random.NextSingle() * 2) - 0.6f).ToArray();
        using var folder = new ModelFolder();
        using var session = folder.Open(model);
        var gradient = session.Gradient(new("y", ["x"]) { Rules = new(kind) }, CancellationToken.None);

        var batch = gradient.Run([new("x", x, shape)], Rows, [1, 0, 1, 0, 1, 0], null, CancellationToken.None);

        for (var row = 0; row < Rows; row++)
        {
            var sum = batch.Gradients[0].Data.Skip(row * size).Take(size).Sum(value => (double)value);
            Assert.Equal(batch.Scores[row * 2], sum, 1e-3 * Math.Max(1, Math.Abs(batch.Scores[row * 2])));
        }
    }

    // x = (2, −1, 3), w = (1, −2, −0.5), b = 0.5: contributions 2, 2, −1.5 and 0.5;
    // z = 3. ε: contribution · z/z. z⁺: 2 and 2 of 4.5 times 3. γ = 1: positive ones twice: 4, 4, −1.5 of 4 + 4 − 1.5 + 1 = 7.5, times 3.
    [Theory]
    [InlineData(BackwardKind.LrpEpsilon, 2f, 2f, -1.5f)]
    [InlineData(BackwardKind.LrpZPlus, 4f / 3, 4f / 3, 0f)]
    [InlineData(BackwardKind.LrpGamma, 1.6f, 1.6f, -0.6f)]
    public void Run_OneLayer_SplitsByTheRule(BackwardKind kind, float first, float second, float third)
    {
        using var folder = new ModelFolder();
        using var session = folder.Open(
            Of(Node("Gemm", ["x", "w", "b"], ["y"])).Weights("w", [3, 1], 1, -2, -0.5f).Weights("b", [1], 0.5f)
                .Input("x", DataType.Float, "N", 3).Output("y", DataType.Float, "N", 1));

        var relevance = session.Gradient(new("y", ["x"]) { Rules = new(kind, Gamma: 1) }, CancellationToken.None)
            .Run([new("x", new[] { 2f, -1, 3 }, [3])], 1, [1], null, CancellationToken.None).Gradients[0].Data;

        Assert.Equal(first, relevance[0], 1e-5f);
        Assert.Equal(second, relevance[1], 1e-5f);
        Assert.Equal(third, relevance[2], 1e-5f);
    }

    [Fact]
    public void Run_MaximumOfTwo_GivesAllToTheWinner()
    {
        using var folder = new ModelFolder();
        using var session = folder.Open(
            Of(Node("ReduceMax", ["x"], ["y"], Attribute("axes", [1L]))).Input("x", DataType.Float, "N", 3).Output("y", DataType.Float, "N", 1));

        var relevance = session.Gradient(new("y", ["x"]) { Rules = new(BackwardKind.LrpEpsilon) }, CancellationToken.None)
            .Run([new("x", new[] { 1f, 4, 2 }, [3])], 1, [1], null, CancellationToken.None).Gradients[0].Data;

        Assert.Equal([0f, 4, 0], relevance);
    }
}
