using ExplainLsp.Models.Gradients;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Tests.Gradients;

/// <summary>A max pool behind a Relu, whose mask may be applied behind the pool: the same gradients as one after the other.</summary>
public class PooledReluTests
{
    [Theory]
    [InlineData(2, 2, "x")]
    [InlineData(3, 1, "x")]
    [InlineData(2, 2, "r")]
    [InlineData(3, 1, "r")]
    public void Gradient_OfPooledRelu_IsThatOfTheFirstMaximumWhereItIsPositive(int kernel, int stride, string wrt)
    {
        var model = Pooled(kernel, stride);
        var input = Input();
        var windows = ((8 - kernel) / stride) + 1;
        double[] seed = [.. Enumerable.Range(1, 2 * windows * windows).Select(number => (double)number)];

        var gradient = Gradient(model, wrt, input, seed);

        var expected = new double[input.Length];
        for (var window = 0; window < seed.Length; window++)
        {
            var (plane, row, column) = (window / (windows * windows), window / windows % windows, window % windows);
            var places =
                from y in Enumerable.Range(row * stride, kernel)
                from x in Enumerable.Range(column * stride, kernel)
                select (plane * 64) + (y * 8) + x;
            var first = places.MaxBy(place => Math.Max(input[place], 0));
            // With respect to the Relu's own output nothing is masked: the first of several zeros gets the gradient.
            if (wrt == "r" || input[first] > 0)
                expected[first] += seed[window];
        }

        Assert.Equal(expected, gradient);
    }

    [Fact]
    public void Gradient_OfReluThatTwoRead_AddsBoth()
    {
        var model = Pooled(2, 2).Node("ReduceSum", ["r"], ["sum"]).Node("ReduceSum", ["y"], ["peaks"]).Node("Add", ["sum", "peaks"], ["z"]).From("z");
        var input = Input();

        var gradient = Gradient(model, "x", input, [1]);

        for (var place = 0; place < input.Length; place++)
        {
            var corner = place - (place / 8 % 2 * 8) - (place % 2);
            int[] window = [corner, corner + 1, corner + 8, corner + 9];
            var peak = place == window.MaxBy(other => input[other]) ? 1 : 0;
            Assert.Equal(input[place] > 0 ? 1 + peak : 0, gradient[place]);
        }
    }

    private static GradientCase Pooled(int kernel, int stride) => new GradientCase("MaxPool", 13, "behind a Relu").Input("x", [1, 2, 8, 8])
        .Node("Relu", ["x"], ["r"])
        .Node("MaxPool", ["r"], ["y"], Rules.Given.Attributes(("kernel_shape", (long[])[kernel, kernel]), ("strides", (long[])[stride, stride])));

    // Few values, so that many are equal; some windows have nothing above zero.
    private static double[] Input()
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, 128).Select(_ => (double)random.Next(-3, 3))];
    }

    private static double[] Gradient(GradientCase model, string wrt, double[] input, double[] seed)
    {
        var source = GradientSource.Prepare(model.Model(DataType.Float, OpenShapes.None), "pooled/model.onnx", Path.GetTempPath());
        var graph = GradientGraph.Build(source, new GradientRequest(source.Model.Graph.Output[0].Name, [wrt]), keepOutputs: false);
        using var session = new CaseSession(graph.Model, DataType.Float);
        return session.Run(
            graph.Gradients,
            new Dictionary<string, CaseTensor>
            {
                ["x"] = new(DataType.Undefined, input, [1, 2, 8, 8]),
                [graph.Seed] = new(DataType.Undefined, seed, [1, seed.Length]),
            })[0].Values;
    }
}
