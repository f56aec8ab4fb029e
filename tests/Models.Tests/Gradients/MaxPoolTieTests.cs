using ExplainLsp.Models.Gradients;
using ExplainLsp.Models.Onnx;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Tests.Gradients;

/// <summary>Windows with several equal maxima: the first in row-major order gets the gradient, as in PyTorch.</summary>
public class MaxPoolTieTests
{
    [Theory]
    [InlineData(2, 2, 0, false)]
    [InlineData(3, 2, 1, false)]
    [InlineData(3, 1, 1, false)]
    [InlineData(3, 3, 0, false)]
    [InlineData(6, 2, 2, false)]
    [InlineData(3, 2, 1, true)]
    public void Gradient_OfEqualMaxima_GoesToTheFirst(int kernel, int stride, int padding, bool open)
    {
        var which = new GradientCase("MaxPool", 12, "ties").Input("x", [2, 2, 9, 8]).Node(
            "MaxPool",
            ["x"],
            ["y"],
            Rules.Given.Attributes(
                ("kernel_shape", (long[])[kernel, kernel]), ("strides", (long[])[stride, stride]), ("pads", (long[])[padding, padding, padding, padding])));
        var random = new Random(5);
        var input = new CaseTensor(DataType.Undefined, [.. Enumerable.Range(0, 2 * 2 * 9 * 8).Select(_ => (double)random.Next(3))], [2, 2, 9, 8]);
        var (rows, columns) = (((9 + (2 * padding) - kernel) / stride) + 1, ((8 + (2 * padding) - kernel) / stride) + 1);
        double[] seed = [.. Enumerable.Range(1, 4 * rows * columns).Select(number => (double)number)];
        var source = GradientSource.Prepare(which.Model(DataType.Float, open ? OpenShapes.All : OpenShapes.None), "ties/model.onnx", Path.GetTempPath());
        var graph = GradientGraph.Build(source, new GradientRequest("y", ["x"]), keepOutputs: false);
        using var session = new CaseSession(graph.Model, DataType.Float);

        var gradient = session.Run(
            graph.Gradients, new Dictionary<string, CaseTensor> { ["x"] = input, [graph.Seed] = new(DataType.Undefined, seed, [2, 2 * rows * columns]) })[0];

        var expected = new double[input.Values.Length];
        for (var window = 0; window < seed.Length; window++)
        {
            var (plane, row, column) = (window / (rows * columns), window / columns % rows, window % columns);
            var places =
                from y in Enumerable.Range((row * stride) - padding, kernel)
                from x in Enumerable.Range((column * stride) - padding, kernel)
                where y is >= 0 and < 9 && x is >= 0 and < 8
                select (plane * 72) + (y * 8) + x;
            // MaxBy gives the first of several.
            expected[places.MaxBy(place => input.Values[place])] += seed[window];
        }

        Assert.Equal(expected, gradient.Values);
    }
}
