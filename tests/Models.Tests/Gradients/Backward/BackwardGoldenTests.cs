using System.Text.Json;

namespace ExplainLsp.Models.Tests.Gradients.Backward;

/// <summary>Modified backward rules beside Captum 0.8.0 and SHAP 0.49.1.</summary>
public class BackwardGoldenTests
{
    [Theory]
    [InlineData("guided-backprop", BackwardKind.GuidedBackpropagation)]
    [InlineData("deconvolution", BackwardKind.Deconvolution)]
    [InlineData("lrp-epsilon", BackwardKind.LrpEpsilon)]
    public void Run_PictureUnderModifiedRule_AgreesWithCaptum(string method, BackwardKind kind)
    {
        var golden = Fixtures.Golden("fashion-cnn", method);
        var pictures = FashionPictures.Read(golden.GetProperty("inputs").GetProperty("files"));
        using var session = ModelSession.Open(ModelFile.Read(Fixtures.Model("fashion-cnn")), ModelSessionOptions.Default);
        var model = session.Gradient(new("logits", ["pixel_values"]) { Rules = new(kind) }, CancellationToken.None);

        var batch = model.Run([FashionPictures.Tensor(pictures)], 8, OneHot(golden, 10), null, CancellationToken.None);

        Close(golden, batch.Gradients[0].Data.Select(value => (double)value));
    }

    [Theory]
    [InlineData("deeplift")]
    [InlineData("shap-deep-zero-baseline")]
    public void Run_PictureAgainstZeros_AgreesWithDeepLift(string method)
    {
        var golden = Fixtures.Golden("fashion-cnn", method);
        var pictures = FashionPictures.Read(golden.GetProperty("inputs").GetProperty("files"));
        using var session = ModelSession.Open(ModelFile.Read(Fixtures.Model("fashion-cnn")), ModelSessionOptions.Default);
        var model = session.Gradient(new("logits", ["pixel_values"]) { Rules = new(BackwardKind.DeepLift) }, CancellationToken.None);

        var batch = model.Run(
            [FashionPictures.Tensor(pictures)], 8, OneHot(golden, 10), [FashionPictures.Tensor(new float[pictures.Length])], CancellationToken.None);

        Close(golden, batch.Gradients[0].Data.Select((multiplier, i) => (double)multiplier * pictures[i]));
    }

    [Fact]
    public void Run_PicturesAgainstBackground_AgreesWithDeepLiftShap()
    {
        var golden = Fixtures.Golden("fashion-cnn", "deeplift-shap");
        var pictures = FashionPictures.Read(golden.GetProperty("inputs").GetProperty("files"));
        var background = FashionPictures.Read(golden.GetProperty("parameters").GetProperty("baselines").GetProperty("files"));
        using var session = ModelSession.Open(ModelFile.Read(Fixtures.Model("fashion-cnn")), ModelSessionOptions.Default);
        var model = session.Gradient(new("logits", ["pixel_values"]) { Rules = new(BackwardKind.DeepLift) }, CancellationToken.None);

        Close(golden, MeanContributions(
            model, "pixel_values", [1, 28, 28], pictures, background, OneHot(golden, 10)));
    }

    [Fact]
    public void Run_TableRowsAgainstMeans_AgreesWithDeepLift()
    {
        var golden = Fixtures.Golden("diabetes-mlp", "deeplift");
        var rows = Fixtures.Floats("data/diabetes/test.csv", 10)[..200];
        var means = golden.GetProperty("parameters").GetProperty("baseline_values").EnumerateArray().Select(value => value.GetSingle()).ToArray();
        using var session = ModelSession.Open(ModelFile.Read(Fixtures.Model("diabetes-mlp")), ModelSessionOptions.Default);
        var model = session.Gradient(new("progression", ["features"]) { Rules = new(BackwardKind.DeepLift) }, CancellationToken.None);

        Close(golden, MeanContributions(model, "features", [10], rows, means, Ones(20)));
    }

    [Theory]
    [InlineData("deeplift-shap")]
    [InlineData("shap-deep")]
    public void Run_TableRowsAgainstBackground_AgreesWithDeepLiftShap(string method)
    {
        var golden = Fixtures.Golden("diabetes-mlp", method);
        var rows = Fixtures.Floats("data/diabetes/test.csv", 10)[..200];
        var background = Fixtures.Floats("data/diabetes/train.csv", 10)[..500];
        using var session = ModelSession.Open(ModelFile.Read(Fixtures.Model("diabetes-mlp")), ModelSessionOptions.Default);
        var model = session.Gradient(new("progression", ["features"]) { Rules = new(BackwardKind.DeepLift) }, CancellationToken.None);

        Close(golden, MeanContributions(model, "features", [10], rows, background, Ones(20)));
    }

    /// <summary>Multipliers times differences, the mean over references.</summary>
    private static double[] MeanContributions(GradientModel model, string input, int[] shape, float[] rows, float[] references, float[] seed)
    {
        var size = shape.Aggregate(1, (product, dimension) => product * dimension);
        var count = rows.Length / size;
        var mean = new double[rows.Length];
        foreach (var reference in references.Chunk(size))
        {
            var repeated = Enumerable.Repeat(reference, count).SelectMany(values => values).ToArray();
            var batch = model.Run([new(input, rows, shape)], count, seed, [new(input, repeated, shape)], CancellationToken.None);
            for (var i = 0; i < mean.Length; i++)
                mean[i] += (double)batch.Gradients[0].Data[i] * (rows[i] - repeated[i]) * size / references.Length;
        }

        return mean;
    }

    private static float[] OneHot(JsonElement golden, int width)
    {
        // The same pictures in every file; SHAP's lists the predicted class too.
        var index = golden.GetProperty("target").GetProperty("index").EnumerateArray().Select(value => value.GetInt32()).ToArray();
        var seed = new float[index.Length * width];
        for (var i = 0; i < index.Length; i++)
            seed[(i * width) + index[i]] = 1;
        return seed;
    }

    private static float[] Ones(int count) => [.. Enumerable.Repeat(1f, count)];

    private static void Close(JsonElement golden, IEnumerable<double> values)
    {
        var tolerance = golden.GetProperty("tolerance");
        var absolute = tolerance.GetProperty("abs").GetDouble();
        var relative = tolerance.TryGetProperty("rel", out var given) ? given.GetDouble() : 0;
        var expected = Flat(golden.GetProperty("values")).ToArray();
        var actual = values.ToArray();
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= absolute + (relative * Math.Abs(expected[i])), $"[{i}] is {actual[i]}, not {expected[i]}.");
    }

    private static IEnumerable<double> Flat(JsonElement values) =>
        values.ValueKind == JsonValueKind.Array ? values.EnumerateArray().SelectMany(Flat) : [values.GetDouble()];
}
