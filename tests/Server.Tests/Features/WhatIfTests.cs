using Newtonsoft.Json.Linq;

namespace ExplainLsp.Server.Tests.Features;

/// <summary>"What if", files to save and chosen rows, over the wire.</summary>
public class WhatIfTests
{
    [Fact]
    public async Task Row_WithChangedCells_IsExplainedAsThatRowWouldBe()
    {
        // The same row written into the file must give the same numbers as the change does.
        await using var changed = await EditorSession.OpenAsync("adult/test.csv", 20);
        await using var written = await EditorSession.OpenAsync(
            "adult/test.csv", 20, text => text.Replace("50,Private,Some-college,Married-civ-spouse", "22,Private,Some-college,Divorced", StringComparison.Ordinal));

        var view = await changed.RequestAsync("explain/row", new
        {
            row = 0,
            target = "1",
            edits = new Dictionary<string, string> { ["age"] = "22", ["marital-status"] = "Divorced" },
        });
        var expected = await written.RequestAsync("explain/row", new { row = 0, target = "1" });

        Assert.Equal("Why >50K, if 2 cells were changed?", (string?)view["heading"]);
        Assert.Equal(2, (int?)view["whatIf"]!["changed"]);
        Assert.Equal(Contributions(expected, "contribution"), Contributions(view, "contribution"));
        Assert.Contains("row 0 (line 2), 2 cells changed", (string?)view["subLine"], StringComparison.Ordinal);
        Assert.Matches(">50K 65\\.9.% → \\d+\\.\\d.%: the answer becomes <=50K", (string?)view["whatIf"]!["difference"]);
        Assert.DoesNotContain(view["notes"]!, note => ((string)note["text"]!).Contains("label", StringComparison.Ordinal));
        Assert.Equal("22", (string?)JObject.Parse((string)view["exports"]!["json"]!)["changes"]!["age"]);
    }

    [Fact]
    public async Task Row_Differences_AreThoseToTheRowInTheFile()
    {
        await using var session = await EditorSession.OpenAsync("adult/test.csv", 20);

        var before = await session.RequestAsync("explain/row", new { row = 0 });
        var view = await session.RequestAsync("explain/row", new { row = 0, edits = new Dictionary<string, string> { ["age"] = "22" } });

        var (old, now, difference) = (Contributions(before, "contribution"), Contributions(view, "contribution"), Contributions(view, "difference"));
        Assert.Equal(12, difference.Count);
        Assert.All(difference, pair => Assert.Equal(now[pair.Key] - old[pair.Key], pair.Value, 1e-12));
    }

    [Fact]
    public async Task Row_CopyOfAChangedRow_KeepsTheFilesWriting()
    {
        await using var session = await EditorSession.OpenAsync(
            "wine/test.csv", edit: text => text.Replace(",", ";", StringComparison.Ordinal).Replace("\nalcohol", "\n\"alcohol\"", StringComparison.Ordinal));
        var first = ((string)(await session.RequestAsync("explain/row", new { row = 0 }))["table"]!["rows"]![0]!["key"]!)!;

        var view = await session.RequestAsync("explain/row", new { row = 0, edits = new Dictionary<string, string> { [first] = "2.5" } });

        var lines = ((string)view["whatIf"]!["text"]!).TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains(';', lines[0]);
        Assert.Contains("2.5", lines[1].Split(';'));
        Assert.Equal(lines[0].Split(';').Length, lines[1].Split(';').Length);
    }

    [Fact]
    public async Task CheckCells_SaysWhatTheModelCannotTake_AndWhatIsUnlikeTheFile()
    {
        await using var session = await EditorSession.OpenAsync("adult/test.csv", 20);

        var checks = await session.RequestAsync("explain/checkCells", new
        {
            row = 0,
            edits = new Dictionary<string, string> { ["age"] = "old", ["hours-per-week"] = "400", ["workclass"] = "Fisher", ["sex"] = "Female" },
        });

        var said = checks.ToDictionary(check => (string)check["column"]!, check => ((string)check["state"]!, (string)check["text"]!));
        Assert.Equal(("stop", "\"old\" is not a number. Write a number, or leave the cell empty."), said["age"]);
        Assert.Equal("caution", said["hours-per-week"].Item1);
        Assert.Equal("Fisher is in no row of this file, so the model may not know it.", said["workclass"].Item2);
        Assert.False(said.ContainsKey("sex"));
    }

    [Fact]
    public async Task Counterfactual_Changes_TurnTheAnswerWhenTheyAreTried()
    {
        await using var session = await EditorSession.OpenAsync("adult/test.csv", 60);

        var found = await session.RequestAsync("explain/row", new { row = 0, method = "counterfactual" });
        var change = found["cards"]!.First(card => card["change"] is { HasValues: true })["change"]!;
        var view = await session.RequestAsync("explain/row", new { row = 0, edits = change["edits"] });

        Assert.Contains("the answer becomes <=50K", (string?)view["whatIf"]!["difference"], StringComparison.Ordinal);
        Assert.Equal((string?)change["text"], (string?)view["whatIf"]!["text"]);
    }

    [Fact]
    public async Task Export_TableAsCsv_GuardsTextAndLeavesNumbersAlone()
    {
        await using var session = await EditorSession.OpenAsync("adult/test.csv", 20);
        var view = await session.RequestAsync("explain/row", new { row = 0 });
        var files = view["exports"]!["files"]!;

        var csv = await ContentAsync(session, files.First(file => (string?)file["title"] == "Table as CSV"));
        var png = await ContentAsync(session, files.First(file => (string?)file["title"] == "Figure as PNG"));

        Assert.StartsWith("column,value,percentile,contribution\r\n", System.Text.Encoding.UTF8.GetString(csv), StringComparison.Ordinal);
        Assert.Contains("\r\nage,50,", System.Text.Encoding.UTF8.GetString(csv), StringComparison.Ordinal);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        var refused = await session.Client.RequestAsync("explain/export", new { id = "99999/0" });
        Assert.Contains("Explain again", (string?)refused["error"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_AreToldWithTheirLines()
    {
        await using var session = await EditorSession.OpenAsync("adult/test.csv", 20);

        var rows = await session.RequestAsync("explain/rows", new { rows = new[] { 7, 3, 7, -1, 500 } });

        Assert.Equal([3, 7], rows.Select(row => (int)row["row"]!));
        Assert.Equal([4, 8], rows.Select(row => (int)row["startLine"]!));
        Assert.StartsWith("predicted ", (string?)rows[0]!["answer"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Global_Views_HaveMethodsOfTheirOwn()
    {
        await using var session = await EditorSession.OpenAsync("wine/test.csv", 54);

        foreach (var (view, method) in new[] { ("bars", "permutation-importance"), ("beeswarm", "mean-abs-shap"), ("dependence", "mean-abs-shap"), ("rows", "mean-abs-shap"), ("interactions", "h-statistic"), ("curves", "partial-dependence"), ("mistakes", "performance"), ("calibration", "performance") })
        {
            var answer = await session.RequestAsync("explain/global", new { view });

            Assert.Equal(view, (string?)answer["views"]!.Single(choice => (bool)choice["selected"]!)["value"]);
            Assert.Equal(method, (string?)answer["pickers"]!["methods"]!.Single(choice => (bool)choice["selected"]!)["value"]);
        }
    }

    private static Dictionary<string, double> Contributions(JToken view, string column)
    {
        var index = view["table"]!["columns"]!.Select(each => (string?)each["key"]).ToList().IndexOf(column);
        return view["table"]!["rows"]!.ToDictionary(row => (string)row["key"]!, row => (double)row["cells"]![index]!["sort"]!);
    }

    private static async Task<byte[]> ContentAsync(EditorSession session, JToken file) =>
        Convert.FromBase64String((string)(await session.Client.ResultAsync("explain/export", new { id = (string?)file["id"] }))["content"]!);
}
