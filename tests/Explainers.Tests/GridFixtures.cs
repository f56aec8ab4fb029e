using System.Globalization;
using System.Text.Json;
using ExplainLsp.Explainers.Shapley;
using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests;

/// <summary>Pictures and tensors as the fixtures' image models see them.</summary>
internal static class GridFixtures
{
    public static ImageSample Image(string model, string file)
    {
        SessionInput input = Fixtures.Session(model).Inputs[0];
        ImagePreprocessing preprocessing = ImagePreprocessing.ReadHuggingFace(Path.Combine(Fixtures.Root, "models", model, "preprocessor_config.json"), Spec(input));
        return ImageSample.Create(Picture.Read(Path.Combine(Fixtures.Root, file)), preprocessing, Spec(input));
    }

    private static InputSpec Spec(SessionInput input) => new(input.Name, input.ElementType, input.RowShape);

    /// <summary>A tensor that no file holds, named as a model's input.</summary>
    public static TensorSample Tensor(float[] values, params int[] shape) => TensorSample.Create(
        new NumpyArray([.. shape], Array.ConvertAll(values, value => (double)value), "f4"), "tensor", null, new InputSpec("x", typeof(float), shape));

    public static LocalRequest Request(string model, GridSample sample, int target, long seed = 0, TargetSpace space = TargetSpace.Raw, params (string, string)[] options) =>
        new(Fixtures.Predictor(model, target, space), sample, null, Fixtures.Options(options), seed);

    /// <summary>The files and targets of a golden.</summary>
    public static IEnumerable<(string File, int Target)> Inputs(JsonElement golden) =>
        golden.GetProperty("inputs").GetProperty("files").EnumerateArray().Select(file => file.GetString()!)
            .Zip(golden.GetProperty("target").GetProperty("index").Ints());

    /// <summary>All numbers in nested arrays, in order.</summary>
    public static double[] Flat(this JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? [.. element.EnumerateArray().SelectMany(inner => inner.Flat())]
        : [element.GetDouble()];

    /// <summary>Writes a golden's map of region numbers as a file that the options can name.</summary>
    public static string MaskFile(JsonElement map)
    {
        string path = Path.Combine(Path.GetTempPath(), $"explainlsp-{Guid.NewGuid():N}.npy");
        int rows = map.GetArrayLength();
        float[] values = [.. map.Flat().Select(value => (float)value)];
        NumpyFile.Write(path, values, [rows, values.Length / rows]);
        return path;
    }

    /// <summary>Reports as they come, on the same thread.</summary>
    internal sealed class Progress(Action<ExplanationProgress> told) : IProgress<ExplanationProgress>
    {
        public void Report(ExplanationProgress value) => told(value);
    }
}
