using ExplainLsp.Models.Onnx;
using static ExplainLsp.Models.Tests.TinyModel;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Tests.Gradients;

/// <summary>Models that compute in half precision behind a single precision input: as in single precision, to about three digits.</summary>
public class HalfPrecisionTests
{
    // Half precision has 11 binary digits.
    private const double Tolerance = 4e-3;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ScoresAndGradients_InHalfPrecision_AreThoseOfSinglePrecision(bool pictures)
    {
        using var folder = new ModelFolder();
        var (scores, gradient) = Run(folder, Network(pictures, half: true), pictures);
        var (expectedScores, expectedGradient) = Run(folder, Network(pictures, half: false), pictures);

        AssertClose(expectedScores, scores);
        AssertClose([.. expectedGradient.Select(value => (double)value)], [.. gradient.Select(value => (double)value)]);
    }

    [Fact]
    public void Open_InputInHalfPrecision_IsRefusedWithWhatToDo()
    {
        using var folder = new ModelFolder();
        var model = Of(Node("Relu", ["x"], ["y"])).Input("x", DataType.Float16, "N", 2).Output("y", DataType.Float16, "N", 2);

        var exception = Assert.Throws<ModelException>(() => folder.Open(model));

        Assert.Contains("takes float16 in its input x", exception.Message, StringComparison.Ordinal);
        Assert.Contains("float, double", exception.Message, StringComparison.Ordinal);
    }

    // Pictures: convolution, Relu, max pool, mean; else two layers with a tanh. Three scores.
    private static ModelProto Network(bool pictures, bool half)
    {
        var type = half ? DataType.Float16 : DataType.Float;
        var random = new Random(11);
        NodeProto[] body = pictures
            ? [
                Node("Conv", ["inner", "w1"], ["c"], Attribute("pads", 1L, 1, 1, 1)), Node("Relu", ["c"], ["r"]),
                Node("MaxPool", ["r"], ["p"], Attribute("kernel_shape", 2L, 2), Attribute("strides", 2L, 2)),
                Node("GlobalAveragePool", ["p"], ["m"]), Node("Flatten", ["m"], ["f"]),
            ]
            : [Node("MatMul", ["inner", "w1"], ["h"]), Node("Tanh", ["h"], ["f"])];
        var model = Of([
            Node("Cast", ["x"], ["inner"], Attribute("to", (long)type)), .. body,
            Node("MatMul", ["f", "w2"], ["s"]), Node("Cast", ["s"], ["y"], Attribute("to", (long)DataType.Float)),
        ]);
        object[] row = pictures ? ["N", 2, 6, 6] : ["N", 8];
        model.Input("x", DataType.Float, row).Output("y", DataType.Float, "N", 3);
        model.Graph.Initializer.Add(Weights("w1", pictures ? [4, 2, 3, 3] : [8, 4]));
        model.Graph.Initializer.Add(Weights("w2", [4, 3]));
        return model;

        TensorProto Weights(string name, params long[] shape)
        {
            // The same numbers in both precisions: those that half precision has.
            double[] values = [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, size) => product * size)).Select(_ => (double)(Half)(random.NextDouble() - 0.4))];
            return Models.Gradients.TensorNumbers.Create(name, type, values, shape);
        }
    }

    private static (double[] Scores, float[] Gradient) Run(ModelFolder folder, ModelProto model, bool pictures)
    {
        using var session = folder.Open(model);
        int[] row = pictures ? [2, 6, 6] : [8];
        var random = new Random(3);
        float[] data = [.. Enumerable.Range(0, 2 * row.Aggregate((product, size) => product * size)).Select(_ => (float)(Half)random.NextDouble())];
        ModelTensor[] inputs = [new("x", data, row)];
        var scores = new double[6];
        session.Run(inputs, 2, session.Outputs[0], scores, CancellationToken.None);
        var batch = session.Gradient(new("y", ["x"]), CancellationToken.None).Run(inputs, 2, [1, 0, 0, 0, 1, -1], null, CancellationToken.None);
        AssertClose(scores, batch.Scores);
        return (scores, batch.Gradients[0].Data);
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        var scale = expected.Max(Math.Abs);
        Assert.True(scale > 0.01);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - (Tolerance * scale), pair.First + (Tolerance * scale)));
    }
}
