using ExplainLsp.Models.Onnx;
using static ExplainLsp.Models.Tests.TinyModel;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Tests.Gradients;

/// <summary>Quantised models: pairs around rounding are passed, integer arithmetic is refused by its name.</summary>
public class QuantisedModelTests
{
    private static readonly float[] Input = [0.31f, -0.17f];

    [Fact]
    public void Run_QuantisedPair_PassesTheGradientWithOneWarning()
    {
        using var folder = new ModelFolder();
        using var session = folder.Open(
            Of(
                    Node("QuantizeLinear", ["x", "scale", "zero"], ["q"]),
                    Node("DequantizeLinear", ["q", "scale", "zero"], ["d1"]),
                    Node("DequantizeLinear", ["q", "scale", "zero"], ["d2"]),
                    Node("Mul", ["d1", "d2"], ["m"]),
                    Node("MatMul", ["m", "w"], ["y"]))
                .Weights("scale", [], 0.1f).Zero("zero").Weights("w", [2, 1], 1, -3).Input("x", DataType.Float, "N", 2).Output("y", DataType.Float, "N", 1));
        var model = session.Gradient(new("y", ["x"]), CancellationToken.None);

        var gradient = model.Run([new("x", Input, [2])], 1, [1], null, CancellationToken.None).Gradients[0].Data;

        // y = d₁² − 3·d₂² with d = (0.3, −0.2), x rounded to tenths.
        Assert.Equal(0.6f, gradient[0], 1e-5f);
        Assert.Equal(1.2f, gradient[1], 1e-5f);
        Assert.Single(model.Warnings);
    }

    [Fact]
    public void Gradient_IntegerArithmeticOnThePath_IsRefusedByName()
    {
        using var folder = new ModelFolder();
        using var session = folder.Open(
            Of(
                    Node("DynamicQuantizeLinear", ["x"], ["q", "s", "z"]),
                    Node("MatMulInteger", ["q", "w", "z"], ["i"]),
                    Node("Cast", ["i"], ["f"], Attribute("to", 1L)),
                    Node("Mul", ["f", "s"], ["y"]))
                .Bytes("w", [2, 1], 3, 5).Input("x", DataType.Float, "N", 2).Output("y", DataType.Float, "N", 1));

        var failure = Assert.Throws<ModelException>(() => session.Gradient(new("y", ["x"]), CancellationToken.None));

        Assert.Contains("MatMulInteger", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void Gradient_SequenceOnThePath_IsRefusedByName()
    {
        using var folder = new ModelFolder();
        using var session = folder.Open(
            Of(Node("SequenceConstruct", ["x", "x"], ["s"]), Node("ConcatFromSequence", ["s"], ["y"], Attribute("axis", 1L)))
                .Input("x", DataType.Float, "N", 2).Output("y", DataType.Float, "N", 4));

        var failure = Assert.Throws<ModelException>(() => session.Gradient(new("y", ["x"]), CancellationToken.None));

        Assert.Contains("SequenceConstruct", failure.Message, StringComparison.Ordinal);
    }
}

/// <summary>Integer weights.</summary>
file static class IntegerWeights
{
    public static ModelProto Zero(this ModelProto model, string name) => model.Bytes(name, []);

    public static ModelProto Bytes(this ModelProto model, string name, long[] shape, params int[] values)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)DataType.Uint8 };
        tensor.Dims.AddRange(shape);
        tensor.Int32Data.AddRange(values.Length == 0 ? [128] : values);
        model.Graph.Initializer.Add(tensor);
        return model;
    }
}
