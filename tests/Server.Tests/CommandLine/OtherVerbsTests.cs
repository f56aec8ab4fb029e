using System.Text.Json;

namespace ExplainLsp.Server.Tests.CommandLine;

/// <summary><c>predict</c>, <c>global</c>, <c>inspect</c> and <c>models</c> as scripts use them.</summary>
public class OtherVerbsTests
{
    [Theory]
    [InlineData("adult-gbm", "adult", "model.onnx")]
    [InlineData("adult-gbm", "adult", "model.zipmap.onnx")]
    [InlineData("adult-logreg", "adult", "model.onnx")]
    public async Task Predict_Classifier_AgreesWithThePeersPredictions(string model, string data, string file)
    {
        var golden = Fixtures.Golden(model, "predictions");
        var (name, expected) = (golden.GetProperty("target").GetProperty("class").GetString()!, golden.GetProperty("values"));
        var rows = Enumerable.Range(0, 200).ToArray();

        var lines = (await CommandRun.SucceedAsync(
            "predict", $"models/{model}/{file}", $"data/{data}/test.csv", "--rows", "0-199", "--format", "json")).Lines;

        Assert.Equal(rows.Length, lines.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            var json = JsonDocument.Parse(lines[i]).RootElement;
            Assert.Equal(rows[i], json.GetProperty("row").GetInt32());
            Assert.Equal(expected[i].GetDouble(), json.GetProperty("probabilities").GetProperty(name).GetDouble(), 1e-5);
        }
    }

    [Fact]
    public async Task Predict_Json_SaysPredictionLabelAndWhetherTheyAgree()
    {
        var json = (await CommandRun.SucceedAsync("predict", "models/adult-gbm", "data/adult/test.csv", "--rows", "0", "--format", "json")).Json;

        Assert.Equal(
            ["schema", "row", "prediction", "probabilities", "label", "correct"], json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(">50K", json.GetProperty("prediction").GetProperty("name").GetString());
        Assert.Equal(1, json.GetProperty("prediction").GetProperty("index").GetInt32());
        Assert.Equal(">50K", json.GetProperty("label").GetString());
        Assert.True(json.GetProperty("correct").GetBoolean());
    }

    [Fact]
    public async Task Predict_Regression_GivesAValue()
    {
        var json = (await CommandRun.SucceedAsync("predict", "models/diabetes-mlp", "data/diabetes/test.csv", "--rows", "0", "--format", "json")).Json;

        Assert.InRange(json.GetProperty("value").GetDouble(), 25, 350);
        Assert.Equal(321, json.GetProperty("label").GetDouble());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("correct").ValueKind);
    }

    [Theory]
    [InlineData("table")]
    [InlineData("md")]
    [InlineData("html")]
    public async Task Predict_ForPeople_NamesRowLineAndClass(string format)
    {
        var text = (await CommandRun.SucceedAsync("predict", "models/breast-cancer-gbm", "data/breast-cancer/test.csv", "--rows", "13", "--format", format)).Output;

        Assert.Contains("malignant", text, StringComparison.Ordinal);
        Assert.Contains("15", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Global_PermutationImportance_HasMeanAndDeviationAndAgreesWithThePeer()
    {
        var golden = Fixtures.Golden("breast-cancer-gbm", "permutation-importance-accuracy");
        var json = (await CommandRun.SucceedAsync(
            "global", "models/breast-cancer-gbm", "data/breast-cancer/test.csv", "--method", "permutation-importance",
            "--label-column", "target", "--option", "metric=accuracy", "--option", "repeats=30", "--format", "json")).Json;

        Assert.Equal(
            ["schema", "model", "sample", "method", "options", "seed", "target", "predictedValue", "baseValue", "completenessGap",
                "attributions", "tensor", "quality", "cost", "warnings"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("sample").GetProperty("row").ValueKind);
        var entries = json.GetProperty("attributions").EnumerateArray().ToArray();
        Assert.Equal(30, entries.Length);
        Assert.All(entries, entry =>
        {
            Assert.True(entry.TryGetProperty("mean", out _));
            Assert.True(entry.TryGetProperty("standardDeviation", out _));
        });
        // The file's own tolerance: the mean of n repeats lies within 4 reference deviations / sqrt(n) of the reference mean.
        var (means, deviations) = (golden.GetProperty("reference_mean"), golden.GetProperty("reference_std"));
        for (var i = 0; i < entries.Length; i++)
        {
            var allowed = (4 * deviations[i].GetDouble() / Math.Sqrt(30)) + 1e-9;
            Assert.InRange(entries[i].GetProperty("mean").GetDouble(), means[i].GetDouble() - allowed, means[i].GetDouble() + allowed);
        }
    }

    [Fact]
    public async Task Global_Ice_HasACurveOfTheFeature()
    {
        var json = (await CommandRun.SucceedAsync(
            "global", "models/adult-gbm", "data/adult/test.csv", "--method", "ice", "--option", "feature=age", "--option", "grid=5",
            "--target", ">50K", "--format", "json")).Json;

        var curve = Assert.Single(json.GetProperty("attributions").EnumerateArray()).GetProperty("curve");
        Assert.Equal(["grid", "average", "rows", "ice"], curve.EnumerateObject().Select(property => property.Name));
        Assert.Equal(curve.GetProperty("grid").GetArrayLength(), curve.GetProperty("average").GetArrayLength());
        Assert.Equal(curve.GetProperty("rows").GetArrayLength(), curve.GetProperty("ice").GetArrayLength());
        Assert.Equal(JsonValueKind.Number, curve.GetProperty("grid")[0].ValueKind);
    }

    [Fact]
    public async Task Global_Predicted_IsRefusedBecauseItChangesFromRowToRow() =>
        await CommandRun.FailAsync(
            2, ["predicted", "<=50K, >50K"], "global", "models/adult-gbm", "data/adult/test.csv", "--method", "mean-abs-shap", "--target", "predicted");

    [Fact]
    public async Task Inspect_Json_NamesInputsOutputsAndWhatCanBeExplained()
    {
        var json = (await CommandRun.SucceedAsync("inspect", "models/adult-gbm", "--format", "json")).Json;

        Assert.Equal(
            ["schema", "model", "producer", "opsets", "metadata", "inputs", "outputs", "explained", "parameters", "operators", "layers", "hierarchy", "warnings"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(12, json.GetProperty("inputs").GetArrayLength());
        var explained = Assert.Single(json.GetProperty("explained").EnumerateArray());
        Assert.Equal("probabilities", explained.GetProperty("output").GetString());
        Assert.Equal(["<=50K", ">50K"], explained.GetProperty("classes").EnumerateArray().Select(name => name.GetString()!));
    }

    [Fact]
    public async Task Inspect_Network_ListsTheLayersThatCanBeExplained()
    {
        var json = (await CommandRun.SucceedAsync("inspect", "models/fashion-cnn", "--format", "json")).Json;

        var layers = json.GetProperty("layers").EnumerateArray().ToDictionary(layer => layer.GetProperty("name").GetString()!);
        var last = layers["/features/features.8/Conv_output_0"];
        Assert.Equal("Conv", last.GetProperty("operator").GetString());
        Assert.Equal(["64", "7", "7"], last.GetProperty("shape").EnumerateArray().Skip(1).Select(size => size.GetString()));
        Assert.DoesNotContain("logits", layers.Keys);
        Assert.Contains("/features/features.8/Conv_output_0", (await CommandRun.SucceedAsync("inspect", "models/fashion-cnn")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_ModelThatDoesNotRun_IsDescribedWithAWarning()
    {
        using var folder = new TemporaryFolder();
        var bytes = await File.ReadAllBytesAsync(Fixtures.Model("wine-logreg"));
        "LinearKlassifier"u8.CopyTo(bytes.AsSpan(bytes.AsSpan().LastIndexOf("LinearClassifier"u8)));

        var json = (await CommandRun.SucceedAsync("inspect", folder.Write("odd.onnx", bytes), "--format", "json")).Json;

        Assert.Contains("LinearKlassifier", Assert.Single(json.GetProperty("warnings").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Empty(json.GetProperty("explained").EnumerateArray());
    }

    [Fact]
    public async Task Models_Folder_NamesModelsAndTheFilesThatTheyExplain()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("wine"));
        folder.Copy(Fixtures.Model("wine-logreg"), "wine/model.onnx");
        folder.Copy(Fixtures.Data("wine"), "wine/test.csv");
        folder.Write("wine/notes.csv", "word,count\nhello,1\n");
        folder.Write("broken.onnx", "no model");

        var json = (await CommandRun.SucceedAsync("models", folder.Path, "--format", "json")).Json;

        Assert.Equal(["schema", "folder", "models", "unbound"], json.EnumerateObject().Select(property => property.Name));
        var models = json.GetProperty("models").EnumerateArray().ToDictionary(model => Path.GetFileName(model.GetProperty("path").GetString()!));
        Assert.Equal(["broken.onnx", "model.onnx"], models.Keys.Order());
        Assert.Equal("wine", models["model.onnx"].GetProperty("name").GetString());
        Assert.Equal(
            folder.File("wine/test.csv"), Assert.Single(models["model.onnx"].GetProperty("samples").EnumerateArray()).GetProperty("path").GetString());
        Assert.NotEmpty(models["broken.onnx"].GetProperty("problem").GetString()!);
        Assert.Equal(folder.File("wine/notes.csv"), Assert.Single(json.GetProperty("unbound").EnumerateArray()).GetProperty("path").GetString());
    }

    [Fact]
    public async Task Help_EveryVerb_IsShownOnStdout()
    {
        var help = (await CommandRun.SucceedAsync("--help")).Output;

        Assert.All(["lsp", "models", "inspect", "predict", "explain", "global"], verb => Assert.Contains($"  {verb}", help, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Version_IsPrintedAlone() =>
        Assert.Matches(@"^\d+\.\d+\.\d+$", Assert.Single((await CommandRun.SucceedAsync("--version")).Lines));
}
