using System.Text.Json;
using ExplainLsp.Samples;

namespace ExplainLsp.Server.Tests.CommandLine;

/// <summary><c>predict</c> and <c>explain</c> of images, tensors, lists and folders, as scripts use them.</summary>
public class ImageVerbTests
{
    private const string Shirt = "data/fashion-mnist/test/Shirt/00004.png";

    private static readonly string[] Occlusion = ["--method", "occlusion", "--option", "window=1,14,14", "--option", "stride=1,14,14", "--format", "json"];

    [Fact]
    public async Task Explain_Image_HasTheKeysOfTheContractAndItsMap()
    {
        var json = (await CommandRun.SucceedAsync(["explain", "models/fashion-cnn", Shirt, .. Occlusion])).Json;

        Assert.Equal(
            ["schema", "model", "sample", "method", "options", "seed", "target", "predictedValue", "baseValue", "completenessGap",
                "attributions", "tensor", "quality", "cost", "warnings"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(Shirt, json.GetProperty("sample").GetProperty("path").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("sample").GetProperty("row").ValueKind);
        Assert.Equal("Shirt", json.GetProperty("target").GetProperty("name").GetString());
        Assert.Equal("probability", json.GetProperty("target").GetProperty("space").GetString());
        var tensor = json.GetProperty("tensor");
        Assert.Equal("pixel_values", tensor.GetProperty("name").GetString());
        Assert.Equal([1, 28, 28], tensor.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt32()));
        Assert.Equal(28 * 28, tensor.GetProperty("values").GetArrayLength());
    }

    [Fact]
    public async Task Predict_List_AgreesWithThePeersLogits()
    {
        var golden = Fixtures.Golden("fashion-cnn", "saliency");
        var files = golden.GetProperty("inputs").GetProperty("files").EnumerateArray().Select(file => file.GetString()!).ToArray();

        var lines = (await CommandRun.SucceedAsync("predict", "models/fashion-cnn", "data/fashion-mnist/test.csv", "--rows", "0,5", "--format", "json")).Lines;

        foreach (var (line, row) in lines.Zip([0, 5]))
        {
            var json = JsonDocument.Parse(line).RootElement;
            Assert.Equal(row, json.GetProperty("row").GetInt32());
            Assert.Equal("data/fashion-mnist/test.csv", json.GetProperty("sample").GetProperty("path").GetString());
            var logits = golden.GetProperty("logits")[Array.FindIndex(files, file => file.EndsWith($"{row:D5}.png", StringComparison.Ordinal))]
                .EnumerateArray().Select(value => value.GetDouble()).ToArray();
            var sum = logits.Sum(Math.Exp);
            Assert.All(
                logits.Zip(json.GetProperty("probabilities").EnumerateObject()),
                pair => Assert.Equal(Math.Exp(pair.First) / sum, pair.Second.Value.GetDouble(), 1e-5));
        }
    }

    [Fact]
    public async Task Explain_List_NamesTheListAndTheRow()
    {
        var lines = (await CommandRun.SucceedAsync(["explain", "models/fashion-cnn", "data/fashion-mnist/test.csv", "--rows", "2-3", .. Occlusion])).Lines;

        Assert.Equal([2, 3], lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("sample").GetProperty("row").GetInt32()));
    }

    [Fact]
    public async Task Explain_Folder_GivesOneObjectAnImageWithItsOwnPath()
    {
        var lines = (await CommandRun.SucceedAsync(["explain", "models/fashion-cnn", "data/fashion-mnist/test/Shirt", .. Occlusion])).Lines;

        var samples = lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("sample")).ToArray();
        Assert.Equal(Directory.GetFiles(Path.Combine(Fixtures.Root, "data/fashion-mnist/test/Shirt")).Length, samples.Length);
        Assert.Contains(Shirt, samples.Select(sample => sample.GetProperty("path").GetString()));
        Assert.All(samples, sample => Assert.Equal(JsonValueKind.Null, sample.GetProperty("row").ValueKind));
    }

    [Fact]
    public async Task Explain_TensorOfTheSameImage_GivesTheSameMap()
    {
        using var folder = new TemporaryFolder();
        var (one, stack) = (Path.Combine(folder.Path, "one.npy"), Path.Combine(folder.Path, "stack.npy"));
        var values = ModelInput(Shirt);
        NumpyFile.Write(one, values, [1, 28, 28]);
        NumpyFile.Write(stack, [.. values, .. values], [2, 1, 28, 28]);

        var image = (await CommandRun.SucceedAsync(["explain", "models/fashion-cnn", Shirt, .. Occlusion])).Json;
        var tensor = (await CommandRun.SucceedAsync(["explain", "models/fashion-cnn", one, .. Occlusion])).Json;
        var second = (await CommandRun.SucceedAsync(["explain", "models/fashion-cnn", stack, "--rows", "1", .. Occlusion])).Json;

        Assert.Equal(image.GetProperty("tensor").ToString(), tensor.GetProperty("tensor").ToString());
        Assert.Equal(image.GetProperty("tensor").ToString(), second.GetProperty("tensor").ToString());
        Assert.Equal(1, second.GetProperty("sample").GetProperty("row").GetInt32());
        Assert.Equal(JsonValueKind.Null, tensor.GetProperty("sample").GetProperty("row").ValueKind);
    }

    [Theory]
    [InlineData("T-shirt-top/00019.png", "T-shirt/top")]
    [InlineData("Ankle boot/00000.png", "Ankle boot")]
    public async Task Predict_FolderNamedLikeAClass_IsTheLabel(string file, string label)
    {
        var json = (await CommandRun.SucceedAsync("predict", "models/fashion-cnn", $"data/fashion-mnist/test/{file}", "--format", "json")).Json;

        Assert.Equal(label, json.GetProperty("label").GetString());
        Assert.True(json.GetProperty("correct").GetBoolean());
    }

    [Fact]
    public async Task Predict_FolderThatIsNoClass_HasNoLabel()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(Fixtures.Root, Shirt), Path.Combine(folder.Path, "x.png"));

        var json = (await CommandRun.SucceedAsync("predict", "models/fashion-cnn", Path.Combine(folder.Path, "x.png"), "--format", "json")).Json;

        Assert.Equal(JsonValueKind.Null, json.GetProperty("label").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("correct").ValueKind);
    }

    [Fact]
    public async Task Explain_NoPreprocessingKnown_WarnsOfTheGuess()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Fixtures.Model("fashion-cnn"), Path.Combine(folder.Path, "bare.onnx"));

        var json = (await CommandRun.SucceedAsync(["explain", Path.Combine(folder.Path, "bare.onnx"), Shirt, .. Occlusion])).Json;

        Assert.Contains(json.GetProperty("warnings").EnumerateArray(), warning => warning.GetString()!.Contains("No preprocessing is known", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Explain_Manifest_NamesPreprocessingAndClasses()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Fixtures.Model("fashion-cnn"), Path.Combine(folder.Path, "bare.onnx"));
        File.Copy(Path.Combine(Fixtures.Root, Shirt), Path.Combine(folder.Path, "x.png"));
        folder.Write("explain.json", """
            { "models": [ { "model": "bare.onnx", "samples": ["*.png"], "classNames": ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"],
              "preprocessing": { "size": 28, "mean": 0.286, "deviation": 0.353 } } ] }
            """);

        var json = (await CommandRun.SucceedAsync(["explain", Path.Combine(folder.Path, "bare.onnx"), Path.Combine(folder.Path, "x.png"), .. Occlusion])).Json;

        Assert.Equal("g", json.GetProperty("target").GetProperty("name").GetString());
        Assert.Empty(json.GetProperty("warnings").EnumerateArray());
    }

    [Fact]
    public async Task Explain_LimeOfAPictureThatQuickshiftLeavesWhole_TakesOtherRegionsAndSaysSo()
    {
        var json = (await CommandRun.SucceedAsync("explain", "models/fashion-cnn", Shirt, "--method", "lime", "--format", "json")).Json;

        Assert.Equal("slic", json.GetProperty("options").GetProperty("segments").GetString());
        Assert.True(json.GetProperty("attributions").GetArrayLength() >= 4);
    }

    [Theory]
    [InlineData("table", "Why Shirt?")]
    [InlineData("md", "## Why Shirt?")]
    [InlineData("html", "src=\"data:image/png;base64,")]
    public async Task Explain_Image_InEveryFormat(string format, string expected)
    {
        var run = await CommandRun.SucceedAsync("explain", "models/fashion-cnn", Shirt, "--method", "occlusion", "--format", format);

        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
        Assert.Contains("00004", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_ImageAsPng_WritesAPicture()
    {
        var run = await CommandRun.SucceedAsync("explain", "models/fashion-cnn", Shirt, "--method", "occlusion", "--format", "png");

        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], run.Bytes.Take(4));
    }

    private static float[] ModelInput(string image)
    {
        var input = new InputSpec("pixel_values", typeof(float), [1, 28, 28]);
        var preprocessing = ImagePreprocessing.ReadHuggingFace(Fixtures.Model("fashion-cnn", "preprocessor_config.json"), input);
        return (float[])ImageSample.Create(Picture.Read(Path.Combine(Fixtures.Root, image)), preprocessing, input).Tensor.Data;
    }
}
