using System.Text.Json;

namespace ExplainLsp.Models.Tests.Gradients;

/// <summary>Text models are differentiated with respect to what their embedding puts out; integrated gradients on it are Captum's.</summary>
public class EmbeddingTests
{
    private const int Steps = 50;

    [Theory]
    [InlineData("layer-integrated-gradients", "probability")]
    [InlineData("layer-integrated-gradients-logit", null)]
    public void Run_BagOfWords_GivesCaptumsLayerIntegratedGradients(string method, string? output)
    {
        using var session = ModelSession.Open(ModelFile.Read(Fixtures.Model("spam-bow")), ModelSessionOptions.Default);
        var layers = session.Layers(CancellationToken.None);
        var embedding = layers.First(layer => layer.Operator == "Gather");
        var model = session.Gradient(
            new(output ?? layers.Last(layer => layer.Operator == "Gemm").Name, [embedding.Name]) { Feed = [embedding.Name] }, CancellationToken.None);
        var words = session.Gradient(new("probability", [embedding.Name]) { Fetch = [embedding.Name] }, CancellationToken.None);
        var golden = Fixtures.Golden("spam-bow", method);
        var texts = Fixtures.Golden("spam-bow", "token-ids").GetProperty("values").EnumerateArray().Select(Ids).ToArray();

        for (var text = 0; text < texts.Length; text++)
        {
            long[] ids = [.. texts[text], .. new long[256 - texts[text].Length]];
            var embedded = Embed(words, ids);
            // The reference is all padding, whose embedding is zero; the mask of the mean stays that of the text.
            var attributions = Integrate(model, embedding.Name, embedded, new float[embedded.Length], [1], Inputs);
            Close(golden, text, attributions[..texts[text].Length]);

            ModelTensor[] Inputs(int rows) => [new("input_ids", Repeat(ids, rows), [256])];
        }
    }

    [Fact]
    public void Run_Transformer_GivesCaptumsLayerIntegratedGradients()
    {
        const long Start = 2, End = 3;
        using var session = ModelSession.Open(ModelFile.Read(Fixtures.Model("spam-bert-tiny")), ModelSessionOptions.Default);
        var embedding = session.Layers(CancellationToken.None).First(layer => layer.Operator == "Gather" && layer.Name.Contains("word_embeddings", StringComparison.Ordinal));
        var model = session.Gradient(new("logits", [embedding.Name]) { Feed = [embedding.Name] }, CancellationToken.None);
        var words = session.Gradient(new("logits", [embedding.Name]) { Fetch = [embedding.Name] }, CancellationToken.None);
        var golden = Fixtures.Golden("spam-bert-tiny", "layer-integrated-gradients");
        var targets = golden.GetProperty("target").GetProperty("index");
        var texts = Fixtures.Golden("spam-bert-tiny", "token-ids").GetProperty("values").EnumerateArray().Select(Ids).ToArray();

        // The last texts: one shorter than the longest, and one of the other class.
        foreach (var text in new[] { 1, 7, 8 })
        {
            var ids = texts[text];
            long[] padding = [Start, .. new long[ids.Length - 2], End];
            var seed = targets[text].GetInt32() == 1 ? (float[])[0, 1] : [1, 0];
            var attributions = Integrate(model, embedding.Name, Embed(words, ids, true), Embed(words, padding, true), seed, Inputs);
            Close(golden, text, attributions);

            ModelTensor[] Inputs(int rows) => Tokens(ids, rows);
        }
    }

    /// <summary>Integrated gradients by Gauss-Legendre quadrature, summed over the embedding's dimension.</summary>
    private static double[] Integrate(GradientModel model, string layer, float[] to, float[] from, float[] seed, Func<int, ModelTensor[]> inputs)
    {
        var (nodes, weights) = GaussLegendre(Steps);
        var points = new float[Steps * to.Length];
        for (var step = 0; step < Steps; step++)
        {
            for (var i = 0; i < to.Length; i++)
                points[(step * to.Length) + i] = from[i] + ((float)nodes[step] * (to[i] - from[i]));
        }

        var tokens = inputs(1)[0].RowShape[0];
        var size = to.Length / tokens;
        var batch = model.Run([.. inputs(Steps), new(layer, points, [tokens, size])], Steps, Repeat(seed, Steps), null, CancellationToken.None);
        var sums = new double[tokens];
        for (var step = 0; step < Steps; step++)
        {
            for (var i = 0; i < to.Length; i++)
                sums[i / size] += weights[step] * batch.Gradients[0].Data[(step * to.Length) + i] * (to[i] - from[i]);
        }

        return sums;
    }

    private static float[] Embed(GradientModel model, long[] ids, bool masked = false)
    {
        var inputs = masked ? Tokens(ids, 1) : [new("input_ids", ids, [ids.Length])];
        return model.Run(inputs, 1, new float[model.Width], null, CancellationToken.None).Activations[0].Data;
    }

    private static ModelTensor[] Tokens(long[] ids, int rows) =>
        [new("input_ids", Repeat(ids, rows), [ids.Length]), new("attention_mask", Repeat([.. ids.Select(_ => 1L)], rows), [ids.Length])];

    private static T[] Repeat<T>(T[] values, int times) => [.. Enumerable.Repeat(values, times).SelectMany(all => all)];

    private static long[] Ids(JsonElement ids) => [.. ids.EnumerateArray().Select(id => id.GetInt64())];

    /// <summary>Nodes and weights on [0, 1]: roots of the Legendre polynomial by Newton's method.</summary>
    private static (double[] Nodes, double[] Weights) GaussLegendre(int count)
    {
        var (nodes, weights) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            var x = Math.Cos(Math.PI * (i + 0.75) / (count + 0.5));
            var slope = 0.0;
            for (var iteration = 0; iteration < 100; iteration++)
            {
                var (before, value) = (1.0, x);
                for (var degree = 2; degree <= count; degree++)
                    (before, value) = (value, ((((2 * degree) - 1) * x * value) - ((degree - 1) * before)) / degree);
                slope = count * ((x * value) - before) / ((x * x) - 1);
                x -= value / slope;
            }

            nodes[i] = (1 + x) / 2;
            weights[i] = 1 / ((1 - (x * x)) * slope * slope);
        }

        return (nodes, weights);
    }

    private static void Close(JsonElement golden, int text, double[] actual)
    {
        var tolerance = golden.GetProperty("tolerance");
        var absolute = tolerance.GetProperty("abs").GetDouble();
        var relative = tolerance.TryGetProperty("rel", out var given) ? given.GetDouble() : 0;
        var expected = golden.GetProperty("values")[text].EnumerateArray().Select(value => value.GetDouble()).ToArray();
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= absolute + (relative * Math.Abs(expected[i])), $"Text {text}, token {i}: {actual[i]}, not {expected[i]}.");
    }
}
