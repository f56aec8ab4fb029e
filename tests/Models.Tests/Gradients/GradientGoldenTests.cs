using System.Text.Json;
using ExplainLsp.Models.Tests.Gradients.Backward;

namespace ExplainLsp.Models.Tests.Gradients;

/// <summary>Gradients of whole models beside Captum's (PyTorch autograd, double precision).</summary>
public class GradientGoldenTests
{
    [Fact]
    public void Run_OnTableRows_AgreesWithCaptum()
    {
        var golden = Fixtures.Golden("diabetes-mlp", "gradient");
        var rows = golden.GetProperty("inputs").GetProperty("rows").EnumerateArray().Select(row => row.GetInt32()).ToArray();
        var data = Fixtures.Floats("data/diabetes/test.csv", 10);
        var chosen = rows.SelectMany(row => data[(row * 10)..((row + 1) * 10)]).ToArray();

        Close(golden, Run("diabetes-mlp", chosen, [10], rows.Length, _ => 0));
    }

    [Theory]
    [InlineData("fashion-cnn", 28, 0.286, 0.353)]
    [InlineData("digits-resnet", 16, 0.5, 0.5)]
    public void Run_OnPictures_AgreesWithCaptum(string model, int side, double mean, double deviation)
    {
        var golden = Fixtures.Golden(model, "gradient");
        var pictures = golden.GetProperty("inputs").GetProperty("files").EnumerateArray()
            .SelectMany(file => GreyPng.Read(Fixtures.File(file.GetString()!))).Select(grey => (float)(((grey / 255.0) - mean) / deviation)).ToArray();
        var targets = golden.GetProperty("target").GetProperty("index").EnumerateArray().Select(index => index.GetInt32()).ToArray();

        Close(golden, Run(model, pictures, [1, side, side], targets.Length, row => targets[row]));
    }

    private static float[] Run(string model, float[] data, int[] shape, int rows, Func<int, int> target)
    {
        using var session = ModelSession.Open(ModelFile.Read(Fixtures.Model(model)), ModelSessionOptions.Default);
        var input = Assert.Single(session.Inputs).Name;
        var gradient = session.Gradient(new(session.Outputs[0].Name, [input]), CancellationToken.None);
        var seed = new float[rows * gradient.Width];
        for (var row = 0; row < rows; row++)
            seed[(row * gradient.Width) + target(row)] = 1;
        return gradient.Run([new(input, data, shape)], rows, seed, null, CancellationToken.None).Gradients[0].Data;
    }

    private static void Close(JsonElement golden, float[] actual)
    {
        var tolerance = golden.GetProperty("tolerance").GetProperty("abs").GetDouble();
        var expected = Flat(golden.GetProperty("values")).ToArray();
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"[{i}] is {actual[i]}, not {expected[i]}.");
    }

    private static IEnumerable<double> Flat(JsonElement values) =>
        values.ValueKind == JsonValueKind.Array ? values.EnumerateArray().SelectMany(Flat) : [values.GetDouble()];
}
