using Newtonsoft.Json.Linq;

namespace ExplainLsp.Server.Tests.Features;

/// <summary>What panels are made of, over the wire.</summary>
public class PanelTests
{
    private const string Narrow = "\u202F";

    [Fact]
    public async Task Row_BreastCancerRow13_SaysWhyAndThatTheLabelDiffers()
    {
        await using var session = await EditorSession.OpenAsync("breast-cancer/test.csv", 143);

        var view = await session.RequestAsync("explain/row", new { row = 13, options = new Dictionary<string, string> { ["evaluations"] = "256" }, method = "kernel-shap" });

        Assert.Equal("Why malignant?", (string?)view["heading"]);
        Assert.Equal("Row 13, malignant", (string?)view["tabTitle"]);
        Assert.Equal($"test.csv, row 13 (line 15) · malignant 81.6{Narrow}%, benign 18.4{Narrow}%", (string?)view["subLine"]);
        Assert.Contains(view["notes"]!, note => ((string)note["text"]!).EndsWith("so the model is wrong here. 6 of 143 rows in this file are wrong.", StringComparison.Ordinal));
        Assert.Equal(30, view["table"]!["rows"]!.Count());
        Assert.Equal(["Column", "Value", "Percentile", "Contribution, pp", "Standard error"], view["table"]!["columns"]!.Select(column => (string?)column["title"]));
        Assert.Equal(["malignant (predicted)", "benign"], view["pickers"]!["targets"]!.Select(choice => (string?)choice["text"]));
        Assert.Equal(256, (long?)view["pickers"]!["evaluations"]!["value"]);
        Assert.Equal("kernel-shap", (string?)JObject.Parse((string)view["exports"]!["json"]!)["method"]);
    }

    [Fact]
    public async Task Row_AdultExact_AddsUpInTheTable()
    {
        await using var session = await EditorSession.OpenAsync("adult/test.csv", 20);

        var view = await session.RequestAsync("explain/row", new { row = 0 });

        Assert.Equal("Exact", (string?)view["badge"]!["text"]);
        Assert.Equal("From the average to this row", (string?)view["figureTitle"]);
        var contributions = view["table"]!["rows"]!.Sum(row => (double)row["cells"]!.Last!["sort"]!);
        Assert.Equal(0.658724384 - 0.1806380655, contributions, 1e-5);
    }

    [Fact]
    public async Task Row_UnknownMethod_IsRefusedInASentence()
    {
        await using var session = await EditorSession.OpenAsync("adult/test.csv", 3);

        var response = await session.Client.RequestAsync("explain/row", new { textDocument = new { uri = session.Uri }, row = 0, method = "crystal-ball" });

        Assert.Equal(-32803, (int?)response["error"]!["code"]);
        Assert.Contains("crystal-ball", (string?)response["error"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_CancelledWhileALargeKernelShapRuns_StopsWithTheCode()
    {
        await using var session = await EditorSession.OpenAsync("breast-cancer/test.csv", 20);
        using var cancel = new CancellationTokenSource();
        var token = "panel-1";
        var running = session.Client.RequestAsync(
            "explain/row",
            new { textDocument = new { uri = session.Uri }, row = 0, method = "kernel-shap", options = new { evaluations = "1000000" }, workDoneToken = token },
            cancel.Token);
        await session.Client.ReceivedAsync("$/progress", parameters => (string?)parameters["token"] == token);

        await cancel.CancelAsync();

        Assert.Equal(-32800, (int?)(await running)["error"]!["code"]);
        await session.Client.ReceivedAsync("$/progress", parameters => (string?)parameters["value"]!["kind"] == "end");
    }

    [Fact]
    public async Task Row_StoppedByItsProgress_StopsWithTheCode()
    {
        await using var session = await EditorSession.OpenAsync("breast-cancer/test.csv", 20);
        var running = session.Client.RequestAsync(
            "explain/row",
            new { textDocument = new { uri = session.Uri }, row = 0, method = "kernel-shap", options = new { evaluations = "1000000" }, workDoneToken = "panel-2" });
        await session.Client.ReceivedAsync("$/progress");

        await session.Client.NotifyAsync("window/workDoneProgress/cancel", new { token = "panel-2" });

        Assert.Equal(-32800, (int?)(await running)["error"]!["code"]);
    }

    [Fact]
    public async Task Global_PermutationImportance_NamesItsMetric()
    {
        await using var session = await EditorSession.OpenAsync("wine/test.csv", 54);

        var view = await session.RequestAsync("explain/global");

        Assert.Equal("global", (string?)view["kind"]);
        Assert.Equal(13, view["table"]!["rows"]!.Count());
        Assert.Contains("accuracy", (string?)view["subLine"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task RowAt_QuotedLineBreaks_CountsRowsNotLines()
    {
        await using var session = await EditorSession.OpenAsync("wine/test.csv", edit: _ => "a,b\n\"x\ny\",1\n\nz,2\n");

        var rows = new List<int?>();
        for (var line = 0; line < 6; line++)
        {
            rows.Add((int?)(await session.RequestAsync("explain/rowAt", new { line }))["row"]);
        }

        Assert.Equal([null, 0, 0, null, 1, null], rows);
    }

    [Fact]
    public async Task ModelSummary_SaysInputsAndOutputs()
    {
        await using var session = await EditorSession.OpenAsync("wine/test.csv", 3);

        var view = await session.RequestAsync("explain/modelSummary");

        Assert.Equal("model", (string?)view["kind"]);
        Assert.Contains(view["table"]!["rows"]!, row => (string?)row["cells"]![0]!["text"] == "input");
        Assert.Contains(view["table"]!["rows"]!, row => (string?)row["cells"]![0]!["text"] == "output");
    }

    [Fact]
    public async Task Methods_OfATreeModel_AreThoseThatWorkForRows()
    {
        await using var session = await EditorSession.OpenAsync("adult/test.csv", 3);

        var methods = await session.RequestAsync("explain/methods");

        Assert.Contains("exact-shap", methods.Select(method => (string?)method["id"]));
        Assert.Contains("lime", methods.Select(method => (string?)method["id"]));
        Assert.DoesNotContain("grad-cam", methods.Select(method => (string?)method["id"]));
        Assert.DoesNotContain("integrated-gradients", methods.Select(method => (string?)method["id"]));
        Assert.Contains("4,096 coalitions", (string?)methods.First(method => (string?)method["id"] == "exact-shap")["description"], StringComparison.Ordinal);
    }
}
