using System.Text.Json;

namespace ExplainLsp.Server.Tests.CommandLine;

/// <summary><c>explain</c> as scripts use it.</summary>
public class ExplainVerbTests
{
    private static readonly string[] AdultExact =
    [
        "explain", "models/adult-gbm", "data/adult/test.csv", "--method", "exact-shap", "--target", ">50K",
        "--background", "data/adult/train-sample.csv", "--background-rows", "0-19", "--format", "json",
    ];

    private static readonly string[] CancerKernel =
    [
        "explain", "models/breast-cancer-gbm", "data/breast-cancer/test.csv", "--method", "kernel-shap", "--option", "evaluations=256",
        "--background", "data/breast-cancer/background100.csv", "--background-rows", "0-9", "--rows", "3", "--format", "json",
    ];

    [Fact]
    public async Task Explain_Json_HasTheKeysOfTheContractInOrder()
    {
        var json = (await CommandRun.SucceedAsync([.. AdultExact, "--rows", "0"])).Json;

        Assert.Equal(
            ["schema", "model", "sample", "method", "options", "seed", "target", "predictedValue", "baseValue", "completenessGap",
                "attributions", "tensor", "quality", "cost", "warnings"],
            Keys(json));
        Assert.Equal(1, json.GetProperty("schema").GetInt32());
        Assert.Equal(["path", "sha256"], Keys(json.GetProperty("model")));
        Assert.Equal("models/adult-gbm/model.onnx", json.GetProperty("model").GetProperty("path").GetString());
        Assert.Equal(["path", "row"], Keys(json.GetProperty("sample")));
        Assert.Equal("data/adult/test.csv", json.GetProperty("sample").GetProperty("path").GetString());
        Assert.Equal(["output", "index", "name", "space"], Keys(json.GetProperty("target")));
        Assert.Equal("exact-shap", json.GetProperty("method").GetString());
        Assert.Equal(">50K", json.GetProperty("target").GetProperty("name").GetString());
        Assert.Equal("probability", json.GetProperty("target").GetProperty("space").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("tensor").ValueKind);
        Assert.Equal(["evaluations", "milliseconds"], Keys(json.GetProperty("cost")));
        Assert.All(
            json.GetProperty("attributions").EnumerateArray(),
            attribution => Assert.Equal(["feature", "value", "attribution", "standardError"], Keys(attribution)));
    }

    [Fact]
    public async Task Explain_AdultRows_AgreesWithThePeersExactValues()
    {
        var golden = Fixtures.Golden("adult-gbm", "shap-exact");
        var tolerance = golden.GetProperty("tolerance").GetProperty("abs").GetDouble();

        var lines = (await CommandRun.SucceedAsync([.. AdultExact, "--rows", "0-1,3"])).Lines;

        Assert.Equal(3, lines.Length);
        foreach (var (line, row) in lines.Zip([0, 1, 3]))
        {
            var json = JsonDocument.Parse(line).RootElement;
            Assert.Equal(row, json.GetProperty("sample").GetProperty("row").GetInt32());
            Assert.Equal(golden.GetProperty("base_value").GetDouble(), json.GetProperty("baseValue").GetDouble(), tolerance);
            Assert.Equal(golden.GetProperty("predictions")[row].GetDouble(), json.GetProperty("predictedValue").GetDouble(), tolerance);
            var expected = golden.GetProperty("values")[row].EnumerateArray().Select(value => value.GetDouble());
            var actual = json.GetProperty("attributions").EnumerateArray().Select(value => value.GetProperty("attribution").GetDouble());
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        }
    }

    [Fact]
    public async Task Explain_NumbersAndTexts_KeepTheirKindInJson()
    {
        var attributions = (await CommandRun.SucceedAsync([.. AdultExact, "--rows", "0"])).Json.GetProperty("attributions");

        Assert.Equal(50, attributions[0].GetProperty("value").GetDouble());
        Assert.Equal("Private", attributions[1].GetProperty("value").GetString());
    }

    [Fact]
    public async Task Explain_NoTarget_ExplainsThePredictedClass()
    {
        var lines = (await CommandRun.SucceedAsync([.. AdultExact.Where(word => word is not "--target" and not ">50K"), "--rows", "0,1"])).Lines;

        Assert.Equal([">50K", "<=50K"], lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("target").GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Explain_RawSpace_ExplainsLogOdds()
    {
        var json = (await CommandRun.SucceedAsync([.. AdultExact, "--rows", "0", "--space", "raw"])).Json;

        var probability = Fixtures.Golden("adult-gbm", "shap-exact").GetProperty("predictions")[0].GetDouble();
        Assert.Equal("raw", json.GetProperty("target").GetProperty("space").GetString());
        Assert.Equal(Math.Log(probability / (1 - probability)), json.GetProperty("predictedValue").GetDouble(), 1e-4);
    }

    [Fact]
    public async Task Explain_Regression_ExplainsItsValueInRawSpace()
    {
        var json = (await CommandRun.SucceedAsync(
            "explain", "models/diabetes-mlp", "data/diabetes/test.csv", "--method", "exact-shap", "--rows", "0", "--background-rows", "0-9",
            "--format", "json")).Json;

        Assert.Equal("raw", json.GetProperty("target").GetProperty("space").GetString());
        Assert.Equal(10, json.GetProperty("attributions").GetArrayLength());
    }

    [Fact]
    public async Task Explain_SeveralFiles_PrintsOneObjectARow()
    {
        var lines = (await CommandRun.SucceedAsync(
            "explain", "models/wine-logreg", "data/wine/test.csv", "data/wine/train.csv", "--method", "occlusion", "--rows", "0-1", "--format", "json")).Lines;

        Assert.Equal(
            ["data/wine/test.csv", "data/wine/test.csv", "data/wine/train.csv", "data/wine/train.csv"],
            lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("sample").GetProperty("path").GetString()!));
    }

    [Fact]
    public async Task Explain_SameSeed_GivesTheSameNumbersWhateverTheThreads()
    {
        var one = await CommandRun.SucceedAsync([.. CancerKernel, "--seed", "7", "--threads", "1"]);
        var two = await CommandRun.SucceedAsync([.. CancerKernel, "--seed", "7", "--threads", "2"]);
        var other = await CommandRun.SucceedAsync([.. CancerKernel, "--seed", "8", "--threads", "1"]);

        Assert.Equal(WithoutTime(one.Json), WithoutTime(two.Json));
        Assert.NotEqual(Attributions(one.Json), Attributions(other.Json));
        Assert.Equal(256, one.Json.GetProperty("options").GetProperty("evaluations").GetInt32());
        Assert.Equal(7, one.Json.GetProperty("seed").GetInt64());
    }

    [Fact]
    public async Task Explain_NoMethodAndNoBackground_ChoosesThemAndSaysSo()
    {
        var run = await CommandRun.SucceedAsync("explain", "models/wine-logreg", "data/wine/test.csv", "--rows", "2");

        Assert.Contains("54 rows of test.csv", run.Output, StringComparison.Ordinal);
        Assert.Contains("row 2 (line 4)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_Out_WritesTheFileAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("result.json", "before");

        var run = await CommandRun.SucceedAsync([.. AdultExact, "--rows", "0", "--out", path]);

        Assert.Equal("", run.Output);
        Assert.Equal("result.json", Path.GetFileName(Assert.Single(Directory.GetFiles(folder.Path))));
        Assert.Equal(1, JsonDocument.Parse(await File.ReadAllTextAsync(path)).RootElement.GetProperty("schema").GetInt32());
    }

    [Fact]
    public async Task Explain_Png_WritesAPicture()
    {
        var run = await CommandRun.SucceedAsync([.. AdultExact.SkipLast(2), "--rows", "0", "--format", "png"]);

        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], run.Bytes.Take(4));
        Assert.True(run.Bytes.Length > 1000);
    }

    [Fact]
    public async Task Explain_Html_IsOnePageThatNeedsNothingElse()
    {
        var page = (await CommandRun.SucceedAsync([.. AdultExact.SkipLast(2), "--rows", "0", "--format", "html"])).Output;

        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.Contains("src=\"data:image/png;base64,", page, StringComparison.Ordinal);
        Assert.Contains("Why &gt;50K?", page, StringComparison.Ordinal);
        Assert.Contains("20 rows of train-sample.csv", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("html")]
    [InlineData("md")]
    public async Task Explain_HostileCells_AreShownAsText(string format)
    {
        using var folder = new TemporaryFolder();
        var rows = await File.ReadAllLinesAsync(Fixtures.Data("adult"));
        var hostile = rows[1].Replace("Private", "<img src=x onerror=alert(1)>[x](javascript:alert(1))", StringComparison.Ordinal);
        var samples = folder.Write("test.csv", $"{rows[0]}\n{hostile}\n{rows[2]}\n");

        var text = (await CommandRun.SucceedAsync(
            "explain", "models/adult-gbm", samples, "--method", "occlusion", "--rows", "0", "--format", format)).Output;

        Assert.Contains("onerror", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", text, StringComparison.Ordinal);
        Assert.True(format == "html" || !text.Contains("](javascript:", StringComparison.Ordinal));
        Assert.DoesNotContain("href", text, StringComparison.OrdinalIgnoreCase);
    }

    private static string[] Keys(JsonElement json) => [.. json.EnumerateObject().Select(property => property.Name)];

    private static double[] Attributions(JsonElement json) =>
        [.. json.GetProperty("attributions").EnumerateArray().Select(value => value.GetProperty("attribution").GetDouble())];

    private static string WithoutTime(JsonElement json) =>
        string.Concat(json.EnumerateObject().Where(property => property.Name != "cost").Select(property => property.ToString()));
}
