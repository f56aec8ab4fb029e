using System.Text.Json;

namespace ExplainLsp.Models.Tests.Gradients;

/// <summary>Gradients of convolutional networks beside Captum's, through the session as the methods use it.</summary>
public class PictureGradientTests
{
    [Theory]
    [InlineData("fashion-cnn", 0.286, 0.353)]
    [InlineData("digits-resnet", 0.5, 0.5)]
    public void Gradient_OfPredictedClass_AgreesWithCaptum(string model, double mean, double deviation)
    {
        var golden = Fixtures.Golden(model, "gradient");
        var files = golden.GetProperty("inputs").GetProperty("files").EnumerateArray().Select(file => file.GetString()!).ToArray();
        var pixels = files.SelectMany(file => GreyPicture.Read(Fixtures.File(file), out _, out _)).ToArray();
        int[] row = [.. golden.GetProperty("shape").EnumerateArray().Skip(1).Select(size => size.GetInt32())];
        using var session = ModelSession.Open(ModelFile.Read(Fixtures.Model(model)), ModelSessionOptions.Default);
        var input = Assert.Single(session.Inputs);
        var gradient = session.Gradient(new GradientRequest(session.Outputs[0].Name, [input.Name]), CancellationToken.None);
        var seed = new float[files.Length * gradient.Width];
        foreach (var (sample, target) in golden.GetProperty("target").GetProperty("index").EnumerateArray().Index())
            seed[(sample * gradient.Width) + target.GetInt32()] = 1;
        float[] picture = [.. pixels.Select(pixel => (float)(((pixel / 255.0) - mean) / deviation))];

        var batch = gradient.Run([new ModelTensor(input.Name, picture, row)], files.Length, seed, null, CancellationToken.None);

        var expected = Flat(golden.GetProperty("values")).ToArray();
        var tolerance = golden.GetProperty("tolerance").GetProperty("abs").GetDouble();
        Assert.Equal(expected.Length, batch.Gradients[0].Data.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], batch.Gradients[0].Data[i], tolerance);
        foreach (var (logit, score) in Flat(golden.GetProperty("logits")).Zip(batch.Scores))
            Assert.Equal(logit, score, 1e-4 * Math.Max(1, Math.Abs(logit)));
    }

    private static IEnumerable<double> Flat(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Flat) : [element.GetDouble()];
}
