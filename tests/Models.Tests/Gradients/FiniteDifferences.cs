using ExplainLsp.Models.Gradients;
using ExplainLsp.Models.Onnx;
using Microsoft.ML.OnnxRuntime;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Tests.Gradients;

/// <summary>
/// A rewritten model's gradient (single precision) beside central finite differences of the model itself.
/// <para>
/// Differences are taken in double precision where ONNX Runtime has the kernels: with a distance h of 10⁻⁴, extrapolated from h and h/2
/// (Richardson), they are exact to about 10⁻¹⁰. Where it has not, in single precision with h = 1/16 (a power of two, so that x ± h is
/// exact): extrapolation leaves an error of order h⁴ ≈ 10⁻⁵ of a smooth function's fifth derivative, rounding adds 6·10⁻⁸ / h ≈ 10⁻⁶ of
/// the function's size. Cases beside kinks give a smaller step: between kinks such functions are linear and a difference is exact.
/// </para>
/// </summary>
internal static class FiniteDifferences
{
    /// <summary>The largest error of all inputs, relative to the largest element of that input's gradient.</summary>
    /// <param name="which">The case.</param>
    /// <param name="open">Which of its inputs' dimensions are left open.</param>
    public static CaseResult Compare(GradientCase which, OpenShapes open = OpenShapes.None)
    {
        var random = new Random(20_240_817);
        var inputs = which.Draw(random);
        var gradients = Gradients(which, open, inputs, random, out var seed);
        var (forward, precision) = Forward(which, inputs);
        using (forward)
        {
            var step = precision == DataType.Double ? which.Step ?? 1e-4 : which.Step ?? 1.0 / 16;
            var worst = 0.0;
            for (var i = 0; i < which.Wrt.Count; i++)
                worst = Math.Max(worst, Error(gradients[i], Differences(forward, which, inputs, which.Wrt[i], seed, step), which));
            return new CaseResult(worst, precision == DataType.Double);
        }
    }

    /// <summary>The model in double precision where ONNX Runtime computes it so; some kernels say that they do not only when they run.</summary>
    private static (CaseSession Session, DataType Precision) Forward(GradientCase which, Dictionary<string, CaseTensor> inputs)
    {
        CaseSession? session = null;
        try
        {
            session = new CaseSession(which.Model(DataType.Double, OpenShapes.None), DataType.Double);
            session.Run(which.Output, inputs);
            return (session, DataType.Double);
        }
        catch (OnnxRuntimeException)
        {
            session?.Dispose();
            return (new CaseSession(which.Model(DataType.Float, OpenShapes.None), DataType.Float), DataType.Float);
        }
    }

    private static double[][] Gradients(GradientCase which, OpenShapes open, Dictionary<string, CaseTensor> inputs, Random random, out double[] seed)
    {
        var source = GradientSource.Prepare(which.Model(DataType.Float, open), "case/model.onnx", Path.GetTempPath());
        var graph = GradientGraph.Build(source, new GradientRequest(which.Output, [.. which.Wrt]), keepOutputs: false);
        ModelCheck.Check(graph.Model);
        using var forward = new CaseSession(which.Model(DataType.Float, OpenShapes.None), DataType.Float);
        var output = forward.Run([which.Output], inputs)[0];
        seed = [.. output.Values.Select(_ => (double)(float)((random.NextDouble() * 2) - 1))];
        var rows = output.Shape is [var first, ..] ? first : 1;
        var width = output.Shape.Length == 0 ? 1 : output.Shape.Skip(1).Aggregate(1L, (product, size) => product * size);
        using var backward = new CaseSession(graph.Model, DataType.Float);
        var given = new Dictionary<string, CaseTensor>(inputs) { [graph.Seed] = new(DataType.Undefined, seed, [rows, width]) };
        var results = backward.Run(graph.Gradients, given);
        for (var i = 0; i < results.Length; i++)
            Assert.Equal(inputs[which.Wrt[i]].Shape, results[i].Shape);
        return [.. results.Select(result => result.Values)];
    }

    private static double[] Differences(
        CaseSession forward, GradientCase which, Dictionary<string, CaseTensor> inputs, string name, double[] seed, double step)
    {
        var tensor = inputs[name];
        var differences = new double[tensor.Values.Length];
        for (var i = 0; i < differences.Length; i++)
        {
            // Coarse and fine; their error of order h² cancels in the combination.
            var (coarse, fine) = (Central(i, step), Central(i, step / 2));
            differences[i] = ((4 * fine) - coarse) / 3;
        }

        return differences;

        double Central(int index, double distance) => (Loss(index, distance) - Loss(index, -distance)) / (2 * distance);

        double Loss(int index, double change)
        {
            var moved = (double[])tensor.Values.Clone();
            // The float that single precision will see is where the difference is taken from.
            moved[index] = (float)moved[index] + change;
            var output = forward.Run(which.Output, new Dictionary<string, CaseTensor>(inputs) { [name] = tensor with { Values = moved } });
            return output.Zip(seed, (value, weight) => value * weight).Sum();
        }
    }

    private static double Error(double[] gradient, double[] expected, GradientCase which)
    {
        Assert.Equal(expected.Length, gradient.Length);
        var scale = expected.Select(Math.Abs).DefaultIfEmpty().Max();
        var error = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            var difference = Math.Abs(gradient[i] - expected[i]);
            Assert.False(double.IsNaN(difference), $"{which.Name}: element {i} of the gradient is {gradient[i]}, by differences {expected[i]}.");
            error = Math.Max(error, difference);
        }

        // A gradient that is zero throughout has no scale of its own.
        return error / (scale < 1e-4 ? 1 : scale);
    }
}

/// <summary>How a case went.</summary>
/// <param name="Error">The largest relative error.</param>
/// <param name="InDouble">Whether the differences were taken in double precision.</param>
internal sealed record CaseResult(double Error, bool InDouble);
