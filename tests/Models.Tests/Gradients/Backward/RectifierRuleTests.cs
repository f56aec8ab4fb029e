using static ExplainLsp.Models.Tests.TinyModel;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Tests.Gradients.Backward;

/// <summary>Guided backpropagation and deconvolution by hand.</summary>
public class RectifierRuleTests
{
    private static readonly (string Type, string[] Inputs)[] Rectifiers = [("Relu", ["h"]), ("Max", ["h", "zero"]), ("Clip", ["h", "zero"])];

    // x = (2, 1); h = x·W = (2·1 + 1·(−3), 2·2 + 1·1, 2·(−1) + 1·4) = (−1, 5, 2); y = relu(h)·v with v = (3, −2, 1).
    // Gradient at relu(h): v. Guided: positive and active: (0, 0, 1), so x gets (−1, 4). Deconvolution: positive: (3, 0, 1), so x gets
    // (3·1 + 1·(−1), 3·(−3) + 1·4) = (2, −5). The gradient itself: (0, −2, 1), so x gets (−4 − 1, −2 + 4) = (−5, 2).
    [Theory]
    [InlineData(BackwardKind.Gradient, -5, 2)]
    [InlineData(BackwardKind.GuidedBackpropagation, -1, 4)]
    [InlineData(BackwardKind.Deconvolution, 2, -5)]
    public void Run_TwoLayers_IsWhatTheRuleSays(BackwardKind kind, float first, float second)
    {
        float[] input = [2, 1];
        foreach (var (rectifier, inputs) in Rectifiers)
        {
            using var folder = new ModelFolder();
            var model = Of(
                    Node("MatMul", ["x", "W"], ["h"]),
                    Node(rectifier, inputs, ["r"]),
                    Node("MatMul", ["r", "v"], ["y"]))
                .Weights("W", [2, 3], 1, 2, -1, -3, 1, 4).Weights("v", [3, 1], 3, -2, 1).Weights("zero", [], 0)
                .Input("x", DataType.Float, "N", 2).Output("y", DataType.Float, "N", 1);
            using var session = folder.Open(model);

            var batch = session.Gradient(new("y", ["x"]) { Rules = new(kind) }, CancellationToken.None)
                .Run([new("x", input, [2])], 1, [1], null, CancellationToken.None);

            Assert.Equal([first, second], batch.Gradients[0].Data);
        }
    }
}
