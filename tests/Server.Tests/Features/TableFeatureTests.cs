using Newtonsoft.Json.Linq;

namespace ExplainLsp.Server.Tests.Features;

/// <summary>CodeLenses, inlay hints, diagnostics and the choice of a model, in the exact words of the look.</summary>
public class TableFeatureTests
{
    private const string Narrow = "\u202F";

    [Fact]
    public async Task CodeLens_BoundTable_OffersThree()
    {
        await using var session = await EditorSession.OpenAsync("adult/test.csv", 3);

        var lenses = await session.RequestAsync("textDocument/codeLens");

        Assert.Equal(["Explain all rows", "Global importance", "Choose model…"], lenses.Select(lens => (string?)lens["command"]!["title"]));
        Assert.Equal(
            ["explainLsp.explainAll", "explainLsp.globalImportance", "explainLsp.chooseModel"], lenses.Select(lens => (string?)lens["command"]!["command"]));
        Assert.All(lenses, lens => Assert.Equal(session.Uri, (string?)lens["command"]!["arguments"]![0]));
        Assert.Equal("Census income", (string?)(await session.Client.ReceivedAsync("explain/status"))["text"]);
    }

    [Fact]
    public async Task CodeLens_TableThatNoModelFits_OffersAChoice()
    {
        await using var session = await EditorSession.OpenAsync("adult/test.csv", 3);
        var uri = session.Workspace.UriOf("notes.csv");
        await session.Client.OpenAsync(uri, "what,when\nlunch,noon\n");

        var lenses = await session.Client.ResultAsync("textDocument/codeLens", new { textDocument = new { uri } });

        Assert.Equal(["Choose a model for this file…"], lenses.Select(lens => (string?)lens["command"]!["title"]));
    }

    [Fact]
    public async Task InlayHints_VisibleRows_SayThePrediction()
    {
        await using var session = await EditorSession.OpenAsync("adult/test.csv", 20);

        var hints = await session.RequestAsync("textDocument/inlayHint", new { range = Range(0, 3) });

        // predictions.json, rows 0 to 2: 0.6587, 0.0666, 0.8765 for >50K.
        Assert.Equal([$"→ >50K 66{Narrow}%", $"→ <=50K 93{Narrow}%", $"→ >50K 88{Narrow}%"], hints.Select(hint => (string?)hint["label"]));
        Assert.Equal($"Census income predicts >50K with 65.9{Narrow}%.", (string?)hints[0]!["tooltip"]);
        Assert.Equal(session.Workspace.Head("adult/test.csv", 1).Split('\n')[1].Length, (int?)hints[0]!["position"]!["character"]);
    }

    [Fact]
    public async Task InlayHints_WrongRow_SaySo()
    {
        await using var session = await EditorSession.OpenAsync("breast-cancer/test.csv", 20);

        var hints = await session.RequestAsync("textDocument/inlayHint", new { range = Range(14, 14) });

        Assert.Equal([$"≠ malignant 82{Narrow}%"], hints.Select(hint => (string?)hint["label"]));
    }

    [Fact]
    public async Task Diagnostics_RowsTheModelGetsWrong_AreInformationOnTheLabel()
    {
        await using var session = await EditorSession.OpenAsync("breast-cancer/test.csv", 143);

        var found = await session.DiagnosticsAsync();

        // Accuracy 0.958 on 143 rows: six are wrong.
        Assert.Equal(6, found.Count);
        var row13 = found.Single(diagnostic => (int?)diagnostic["range"]!["start"]!["line"] == 14);
        Assert.Equal($"Breast cancer says malignant (81.6{Narrow}%), the label says benign.", (string?)row13["message"]);
        Assert.Equal(3, (int?)row13["severity"]);
        Assert.Equal("explain", (string?)row13["source"]);
    }

    [Fact]
    public async Task Diagnostics_HalfTypedRow_IsAWarning_AndGoesWhenItIsWhole()
    {
        await using var session = await EditorSession.OpenAsync("wine/test.csv", 3, text => text + "13.1,2.2");
        var found = await session.DiagnosticsAsync();
        Assert.Contains(found, diagnostic => (int?)diagnostic["severity"] == 2 && (int?)diagnostic["range"]!["start"]!["line"] == 4);

        await session.ChangeAsync(2, new { range = Range(4, 4, 0, 8), text = "" });

        Assert.DoesNotContain(await session.DiagnosticsAsync(2), diagnostic => (int?)diagnostic["severity"] == 2);
    }

    [Fact]
    public async Task Diagnostics_ManifestWithASyntaxError_AreThere_AndTheLastReadableOneStaysInForce()
    {
        await using var session = await EditorSession.OpenAsync("adult/test.csv", 3);
        var manifest = session.Workspace.UriOf("explain.json");
        await session.Client.OpenAsync(manifest, session.Workspace.Read("explain.json"), languageId: "json");
        Assert.StartsWith("**&gt;50K**", await session.HoverAsync(1, 0), StringComparison.Ordinal);

        await session.Client.NotifyAsync(
            "textDocument/didChange", new { textDocument = new { uri = manifest, version = 2 }, contentChanges = new[] { new { text = "{ \"models\": [" } } });

        var found = (JArray)(await session.Client.ReceivedAsync(
            "textDocument/publishDiagnostics", parameters => (string?)parameters["uri"] == manifest && (int?)parameters["version"] == 2))["diagnostics"]!;
        Assert.Equal(1, (int?)found[0]["severity"]);
        Assert.StartsWith("**&gt;50K**", await session.HoverAsync(1, 0), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChooseModel_NoManifest_CreatesOne()
    {
        using var workspace = new SampleWorkspace();
        workspace.Copy("wine/wine-logreg.onnx");
        workspace.Copy("wine/test.csv");
        await using var client = await Rpc.LspClient.StartInitializedAsync(workspace.Folder);
        client.Answers["workspace/applyEdit"] = _ => JObject.FromObject(new { applied = true });

        var result = await client.ResultAsync(
            "explain/chooseModel", new { textDocument = new { uri = workspace.UriOf("wine/test.csv") }, modelPath = workspace.PathOf("wine/wine-logreg.onnx") });

        Assert.Equal(workspace.UriOf("explain.json"), (string?)result["manifestUri"]);
        var changes = (await client.ReceivedAsync("workspace/applyEdit"))["edit"]!["documentChanges"]!;
        Assert.Equal("create", (string?)changes[0]!["kind"]);
        var written = JObject.Parse((string)changes[1]!["edits"]![0]!["newText"]!);
        Assert.Equal("wine/wine-logreg.onnx", (string?)written["models"]![0]!["model"]);
        Assert.Equal("wine/test.csv", (string?)written["models"]![0]!["samples"]![0]);
    }

    [Fact]
    public async Task ChooseModel_RefusedByTheEditor_SaysSo()
    {
        await using var session = await EditorSession.OpenAsync("wine/test.csv", 3);

        Assert.Equal(-32803, await session.Client.ErrorAsync(
            "explain/chooseModel", new { textDocument = new { uri = session.Uri }, modelPath = session.Workspace.PathOf("wine/wine-logreg.onnx") }));
    }

    [Fact]
    public async Task Models_FittingAndBoundOnesComeFirst()
    {
        await using var session = await EditorSession.OpenAsync("adult/test.csv", 3);
        session.Workspace.Copy("wine/wine-logreg.onnx");
        await session.Client.NotifyAsync(
            "workspace/didChangeWatchedFiles", new { changes = new[] { new { uri = session.Workspace.UriOf("wine/wine-logreg.onnx"), type = 1 } } });

        var models = await session.RequestAsync("explain/models");

        Assert.Equal(["Census income", "wine-logreg"], models.Select(model => (string?)model["name"]));
        Assert.Equal([true, false], models.Select(model => (bool)model["fits"]!));
        Assert.Equal("12 columns → 2 classes", (string?)models[0]!["description"]);
    }

    private static object Range(int first, int last, int from = 0, int to = 0) =>
        new { start = new { line = first, character = from }, end = new { line = last, character = to } };
}
