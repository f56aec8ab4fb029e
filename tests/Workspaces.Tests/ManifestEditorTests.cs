using Newtonsoft.Json.Linq;

namespace ExplainLsp.Workspaces.Tests;

public sealed class ManifestEditorTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(" \n")]
    [InlineData("{}")]
    [InlineData("{ \"models\": [] }")]
    [InlineData("{\n  \"models\": [\n  ]\n}\n")]
    [InlineData("{\n\t\"models\": [\n\t\t{ \"model\": \"m/x.onnx\" }\n\t]\n}")]
    [InlineData("{\n  \"models\": [ // list\n    { \"model\": \"./m/x.onnx\", \"samples\": \"d/*.csv\" },\n  ],\n}")]
    [InlineData("{\r\n  \"$schema\": \"s\",\r\n  \"models\": [\r\n    {\r\n      \"model\": \"other.onnx\",\r\n      \"samples\": [\"d/a.csv\", \"z.csv\"]\r\n    }\r\n  ]\r\n}")]
    public void Choose_AnyText_ThenTheFileBindsToTheModelAlone(string? text)
    {
        var chosen = ManifestEditor.Choose(text, "d/a.csv", "m/x.onnx");

        var manifest = Manifest.Parse("/w/explain.json", chosen);
        Assert.True(manifest.IsWellFormed, chosen);
        Assert.Empty(manifest.Diagnostics);
        var exact = manifest.Models.Where(model => model.Samples.Any(sample => sample.Value == "d/a.csv")).ToArray();
        Assert.Equal("/w/m/x.onnx", manifest.FullPath(Assert.Single(exact).Model.Value));
        Assert.Equal(chosen, ManifestEditor.Choose(chosen, "d/a.csv", "m/x.onnx"));
    }

    [Fact]
    public void Choose_NoManifest_IsPlainJson()
    {
        var root = JObject.Parse(ManifestEditor.Choose(null, "a \"b\".csv", "x.onnx"));
        Assert.Equal("a \"b\".csv", (string?)root["models"]![0]!["samples"]![0]);
    }

    [Fact]
    public void Choose_EntryWithSamples_ChangesThatListOnly()
    {
        const string text = """
            {
              // ours
              "models": [
                {
                  "model": "x.onnx",   // the good one
                  "samples": [
                    "a.csv" // first
                  ]
                }
              ]
            }
            """;
        Assert.Equal(text.Replace("\"a.csv\" //", "\"a.csv\",\n        \"b.csv\" //", StringComparison.Ordinal), ManifestEditor.Choose(text, "b.csv", "x.onnx"));
    }

    [Fact]
    public void Choose_NewModel_IsAppendedInTheSameStyle()
    {
        const string text = "{\n    \"models\": [\n        {\n            \"model\": \"x.onnx\"\n        }\n    ]\n}\n";
        Assert.Equal(
            "{\n    \"models\": [\n        {\n            \"model\": \"x.onnx\"\n        },\n        {\n            \"model\": \"y.onnx\",\n            \"samples\": [\"b.csv\"]\n        }\n    ]\n}\n",
            ManifestEditor.Choose(text, "b.csv", "y.onnx"));
    }

    [Fact]
    public void Choose_ChangedMind_TakesTheFileFromTheOtherModel()
    {
        var first = ManifestEditor.Choose(null, "a.csv", "x.onnx");
        var second = ManifestEditor.Choose(first, "a.csv", "y.onnx");
        var models = Manifest.Parse("/w/explain.json", second).Models;
        Assert.Empty(models[0].Samples);
        Assert.Equal("a.csv", Assert.Single(models[1].Samples).Value);
    }

    [Theory]
    [InlineData("{ \"models\": [")]
    [InlineData("[]")]
    [InlineData("{ \"models\": 3 }")]
    public void Choose_BrokenManifest_IsNotTouched(string text) =>
        Assert.Contains("then choose again", Assert.Throws<ManifestException>(() => ManifestEditor.Choose(text, "a.csv", "x.onnx")).Message, StringComparison.Ordinal);
}
