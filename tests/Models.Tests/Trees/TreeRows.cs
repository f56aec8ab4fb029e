using ExplainLsp.Models.Running;
using Microsoft.ML.OnnxRuntime;

namespace ExplainLsp.Models.Tests.Trees;

/// <summary>Rows for random trees, and what ONNX Runtime itself says of them.</summary>
internal static class TreeRows
{
    private static readonly double[] Rare = [double.NaN, double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 1e30];

    /// <summary>Halves from −3 to 3, so that they meet thresholds, times <paramref name="scale"/>; one of eight is missing, infinite or huge.</summary>
    public static double[] Draw(Random random, int rows, int features, double scale = 1) =>
        [.. Enumerable.Range(0, rows * features).Select(_ => random.Next(8) == 0
            ? Rare[random.Next(Rare.Length)]
            : scale * ((random.Next(13) / 2.0) - 3))];

    /// <summary>The model's scores, by ONNX Runtime alone.</summary>
    public static double[] Reference(string path, double[] values, int features, bool doubles, string output, string name = "x")
    {
        using var session = OrtRuntime.Open(File.ReadAllBytes(path), Path.GetDirectoryName(path)!);
        long[] shape = [values.Length / features, features];
        using var input = doubles
            ? OrtValue.CreateTensorValueFromMemory(values, shape)
            : OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, value => (float)value), shape);
        using var run = new RunOptions();
        using var results = session.Run(run, [name], [input], [output]);
        return results[0].GetTensorTypeAndShape().ElementDataType == Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Double
            ? results[0].GetTensorDataAsSpan<double>().ToArray()
            : Array.ConvertAll(results[0].GetTensorDataAsSpan<float>().ToArray(), value => (double)value);
    }

    public static ModelTensor Tensor(double[] values, int features, bool doubles) =>
        new("x", doubles ? values : Array.ConvertAll(values, value => (float)value), [features]);
}
