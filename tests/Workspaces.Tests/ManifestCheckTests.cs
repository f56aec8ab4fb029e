using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Workspaces.Tests;

public sealed class ManifestCheckTests : IDisposable
{
    private readonly TemporaryWorkspace workspace = new();

    public ManifestCheckTests()
    {
        workspace.Wide("m/good.onnx", 2, TemporaryWorkspace.Classes(2, "0", "1"));
        workspace.Model("net.onnx", [new SessionInput("pixels", typeof(float), [1, 28, 28])], TemporaryWorkspace.Classes(2, "0", "1"));
        workspace.Model("words.onnx", [new SessionInput("ids", typeof(long), [64])], TemporaryWorkspace.Classes(2, "0", "1"));
        workspace.Write("data/train.csv", "a,b,income\n1,2,0\n");
    }

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void Diagnose_AllGood_IsEmpty()
    {
        Write("""{ "model": "m/good.onnx", "samples": ["data/*.csv"], "classNames": ["no", "yes"], "target": "income", "positiveClass": "yes", "background": { "file": "data/train.csv", "rows": "0" } }""");
        Assert.Empty(workspace.Diagnose());
    }

    [Theory]
    [InlineData("\"model\": \"good.onnx\"", "\"good.onnx\"", "The model good.onnx does not exist. Did you mean m/good.onnx?")]
    [InlineData("\"model\": \"m/good.onnx\", \"samples\": [\"dat/*.csv\"]", "\"dat/*.csv\"", "No file matches dat/*.csv.")]
    [InlineData("\"model\": \"m/good.onnx\", \"samples\": [\"data/*.csv\"], \"target\": \"incom\"", "\"incom\"", "There is no column \"incom\" in the sample file. Did you mean \"income\"?")]
    [InlineData("\"model\": \"m/good.onnx\", \"samples\": [\"data/*.csv\"], \"ignore\": [\"zzzz\"]", "\"zzzz\"", "There is no column \"zzzz\" in the sample file. Its columns are a, b, income.")]
    [InlineData("\"model\": \"m/good.onnx\", \"samples\": [\"data/*.csv\"], \"sensitive\": [\"zzzz\"]", "\"zzzz\"", "There is no column \"zzzz\"")]
    [InlineData("\"model\": \"m/good.onnx\", \"samples\": [\"data/*.csv\"], \"columns\": { \"zzzz\": { \"immutable\": true } }", "\"zzzz\"", "There is no column \"zzzz\"")]
    [InlineData("\"model\": \"m/good.onnx\", \"classNames\": [\"a\", \"b\", \"c\"]", "[\"a\", \"b\", \"c\"]", "classNames names 3 classes, the model has 2.")]
    [InlineData("\"model\": \"m/good.onnx\", \"classNames\": [\"no\", \"yes\"], \"positiveClass\": \"yess\"", "\"yess\"", "There is no class \"yess\". Did you mean \"yes\"?")]
    [InlineData("\"model\": \"m/good.onnx\", \"positiveClass\": 7", "7", "There is no class \"7\".")]
    [InlineData("\"model\": \"m/good.onnx\", \"background\": \"train.csv\"", "\"train.csv\"", "The background file train.csv does not exist. Did you mean data/train.csv?")]
    [InlineData("\"model\": \"m/good.onnx\", \"background\": { \"file\": \"data/train.csv\", \"rows\": \"0-9\" }", "\"0-9\"", "Row 1 does not exist")]
    [InlineData("\"model\": \"m/good.onnx\", \"output\": \"logits\"", "\"logits\"", "good.onnx has no output \"logits\". Its outputs are probabilities.")]
    [InlineData("\"model\": \"net.onnx\", \"preprocessing\": { \"size\": 32 }", "{ \"size\": 32 }", "explain.json makes ")]
    [InlineData("\"model\": \"net.onnx\", \"preprocessing\": { \"channels\": \"rgb\" }", "{ \"channels\": \"rgb\" }", "explain.json makes 3 channels of a picture")]
    [InlineData("\"model\": \"net.onnx\", \"preprocessing\": { \"filter\": \"smooth\" }", "\"smooth\"", "filter must be one of bilinear, bicubic")]
    [InlineData("\"model\": \"net.onnx\", \"preprocessing\": { \"size\": [28] }", "[28]", "size must be a whole number of pixels, or [height, width].")]
    [InlineData("\"model\": \"net.onnx\", \"preprocessing\": { \"deviation\": 0 }", "0", "deviation must be a number other than 0")]
    [InlineData("\"model\": \"net.onnx\", \"preprocessing\": { \"men\": 0 }", "\"men\"", "\"men\" is not known here and has no effect. Did you mean \"mean\"?")]
    [InlineData("\"model\": \"net.onnx\", \"preprocessing\": 3", "3", "preprocessing must be an object")]
    [InlineData("\"model\": \"words.onnx\", \"preprocessing\": { }", "{ }", "words.onnx takes whole numbers, not images. Remove preprocessing.")]
    public void Diagnose_WhatASchemaCannotSee_HasPlaceAndRemedy(string entry, string at, string message)
    {
        var text = Write($"{{ {entry} }}");
        var diagnostic = Assert.Single(workspace.Diagnose());
        Assert.StartsWith(message, diagnostic.Message, StringComparison.Ordinal);
        var start = text.IndexOf(at, StringComparison.Ordinal);
        Assert.Equal(new TextRange(0, start, 0, start + at.Length), diagnostic.Range);
    }

    [Fact]
    public void Diagnose_ImagesAndTheirPreprocessing_IsEmpty()
    {
        workspace.Write("images/a.png", "");
        Write("""{ "model": "net.onnx", "samples": ["images/*.png"], "background": "images", "preprocessing": { "size": 32, "resize": "shortest-edge", "crop": 28, "mean": 0.5, "channels": "grey", "deviation": 0.2 } }""");
        Assert.Empty(workspace.Diagnose());
    }

    [Fact]
    public void Diagnose_UnreadableModel_GivesItsReason()
    {
        workspace.Write("bad.onnx", "?");
        Write("""{ "model": "bad.onnx" }""");
        Assert.Equal("bad.onnx is not an ONNX file.", Assert.Single(workspace.Diagnose()).Message);
    }

    [Fact]
    public void Diagnose_ClassNamesOfARegression_Warns()
    {
        workspace.Wide("r.onnx", 2, TemporaryWorkspace.Value());
        Write("""{ "model": "r.onnx", "classNames": ["x"] }""");
        Assert.Equal(ManifestSeverity.Warning, Assert.Single(workspace.Diagnose()).Severity);
    }

    [Fact]
    public void ManifestFor_SyntaxErrorAfterAGoodVersion_TheGoodOneStays()
    {
        var path = Path.Combine(workspace.Root, "explain.json");
        Write("""{ "model": "m/good.onnx" }""");
        Assert.Single(workspace.Workspace.ManifestFor(path)!.Models);

        workspace.Workspace.SetManifestText(path, "{ \"models\": [");
        Assert.Single(workspace.Workspace.ManifestFor(path)!.Models);
        Assert.Contains("not JSON (line 1)", Assert.Single(workspace.Diagnose()).Message, StringComparison.Ordinal);

        workspace.Workspace.SetManifestText(path, "{ \"models\": [] }");
        Assert.Empty(workspace.Workspace.ManifestFor(path)!.Models);
        workspace.Workspace.SetManifestText(path, null);
        Assert.Single(workspace.Workspace.ManifestFor(path)!.Models);
    }

    private string Write(string entry)
    {
        var text = $"{{ \"models\": [{entry}] }}";
        workspace.Write("explain.json", text);
        return text;
    }
}
