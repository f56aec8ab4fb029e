using System.Globalization;
using System.Text.Json;

namespace ExplainLsp.Server.Tests.CommandLine;

/// <summary>Anchors, counterfactuals, nearest examples and LIME's pick as scripts see them.</summary>
public class RuleVerbTests
{
    private static string[] Adult(string method, params string[] more) =>
        ["explain", "models/adult-gbm", "data/adult/test.csv", "--rows", "1", "--method", method, "--background", "data/adult/train-sample.csv", .. more];

    [Fact]
    public async Task Explain_Anchors_HasPrecisionAndCoverageInBothPlacesAndTheRuleInWords()
    {
        var json = (await CommandRun.SucceedAsync(Adult("anchors", "--format", "json"))).Json;
        var (anchor, quality) = (json.GetProperty("anchor"), json.GetProperty("quality"));
        foreach (var name in new[] { "precision", "coverage" })
        {
            Assert.Equal(anchor.GetProperty(name).GetDouble(), quality.GetProperty(name).GetDouble());
        }

        Assert.True(quality.GetProperty("precision").GetDouble() > 0.93);
        Assert.Equal(12, json.GetProperty("attributions").GetArrayLength());
        var condition = anchor.GetProperty("conditions")[0].GetProperty("text").GetString()!;
        var text = (await CommandRun.SucceedAsync(Adult("anchors"))).Output;
        Assert.Contains($"If {condition}", text, StringComparison.Ordinal);
        Assert.Contains("3000 rows of train-sample.csv", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_Counterfactual_PredictSaysTheSameOfTheChangedRow()
    {
        var json = (await CommandRun.SucceedAsync(Adult("counterfactual", "--option", "immutable=sex,race", "--format", "json"))).Json;
        using var folder = new TemporaryFolder();
        var lines = await File.ReadAllLinesAsync(Path.Combine(Fixtures.Root, "data/adult/test.csv"));
        var header = lines[0].Split(',');
        var found = json.GetProperty("counterfactuals").EnumerateArray().ToArray();
        Assert.Equal(4, found.Length);
        var changed = found.Select(each =>
        {
            var cells = lines[2].Split(',');
            foreach (var change in each.GetProperty("changes").EnumerateArray())
            {
                var at = Array.IndexOf(header, change.GetProperty("feature").GetString());
                Assert.Equal(cells[at], change.GetProperty("from").GetString());
                cells[at] = change.GetProperty("to").GetString()!;
            }

            return string.Join(',', cells);
        });
        var file = folder.Write("changed.csv", string.Join('\n', changed.Prepend(lines[0])) + "\n");
        var predicted = (await CommandRun.SucceedAsync("predict", "models/adult-gbm", file, "--format", "json")).Lines;
        Assert.Equal(found.Select(each => each.GetProperty("predictedName").GetString()), predicted.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("prediction").GetProperty("name").GetString()));
        Assert.All(found, each => Assert.Equal(">50K", each.GetProperty("predictedName").GetString()));
    }

    [Fact]
    public async Task Explain_ConstraintsOfTheManifest_Hold()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(Path.Combine(Fixtures.Root, "models/adult-gbm/model.onnx"), "model.onnx");
        folder.Copy(Path.Combine(Fixtures.Root, "data/adult/test.csv"), "test.csv");
        folder.Copy(Path.Combine(Fixtures.Root, "data/adult/train-sample.csv"), "train.csv");
        folder.Write("explain.json", """
            { "models": [{ "model": "model.onnx", "samples": ["test.csv"], "target": "income", "background": { "file": "train.csv", "rows": "0-9" },
              "columns": { "marital-status": { "immutable": true }, "capital-gain": { "maximum": 0 }, "relationship": { "immutable": true } } }] }
            """);
        var json = (await CommandRun.SucceedAsync(
            "explain", folder.File("model.onnx"), folder.File("test.csv"), "--rows", "1", "--method", "counterfactual", "--format", "json")).Json;
        var features = json.GetProperty("counterfactuals").EnumerateArray().SelectMany(each => each.GetProperty("changes").EnumerateArray())
            .Select(change => change.GetProperty("feature").GetString()).ToArray();
        Assert.NotEmpty(features);
        Assert.Empty(features.Intersect(["marital-status", "capital-gain", "relationship"]));
    }

    [Fact]
    public async Task Explain_NearestExamples_NamesRowsOfTheBackground()
    {
        var json = (await CommandRun.SucceedAsync(Adult("nearest-examples", "--option", "count=2", "--format", "json"))).Json;
        var neighbours = json.GetProperty("neighbours").EnumerateArray().ToArray();
        Assert.Equal(4, neighbours.Length);
        Assert.Equal(2, neighbours.Count(each => each.GetProperty("samePrediction").GetBoolean()));
        var text = (await CommandRun.SucceedAsync(Adult("nearest-examples", "--format", "md"))).Output;
        Assert.Contains($"| {neighbours[0].GetProperty("row").GetInt32().ToString(CultureInfo.InvariantCulture)} |", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_RegressionWithoutWhatIsNeeded_IsWrongUse()
    {
        string[] question = ["explain", "models/diabetes-mlp-sklearn", "data/diabetes/test.csv", "--rows", "0", "--method"];
        await CommandRun.FailAsync(2, ["tolerance"], [.. question, "anchors"]);
        await CommandRun.FailAsync(2, ["desired"], [.. question, "counterfactual"]);
    }

    [Fact]
    public async Task Global_SubmodularPick_ShowsTheRows()
    {
        string[] question = ["global", "models/breast-cancer-gbm", "data/breast-cancer/test.csv", "--method", "submodular-pick", "--option", "samples=20", "--option", "evaluations=500"];
        var text = (await CommandRun.SucceedAsync(question)).Output;
        Assert.Contains("Rows that show what the model does", text, StringComparison.Ordinal);
        var json = (await CommandRun.SucceedAsync([.. question, "--format", "json"])).Json;
        Assert.InRange(json.GetProperty("quality").GetProperty("coverage").GetDouble(), 0.1, 1);
        Assert.Equal(30, json.GetProperty("attributions").GetArrayLength());
        Assert.InRange(json.GetProperty("picked").GetArrayLength(), 1, 5);
        Assert.All(json.GetProperty("picked").EnumerateArray(), row => Assert.Equal(30, row.GetProperty("attributions").GetArrayLength()));
    }
}
