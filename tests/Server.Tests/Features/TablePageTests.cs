using System.Globalization;
using System.Text.RegularExpressions;
using ExplainLsp.Samples;
using Newtonsoft.Json.Linq;

namespace ExplainLsp.Server.Tests.Features;

/// <summary>A Parquet file page by page, with the predictions and hovers of the CSV that it was made from.</summary>
public sealed partial class TablePageTests
{
    [Fact]
    public async Task TablePage_Parquet_HasTheCellsAndPredictionsOfTheCsv()
    {
        await using var session = await EditorSession.OpenAsync("breast-cancer/test.csv", 20);
        var uri = WriteParquet(session.Workspace);

        var page = await session.Client.ResultAsync("explain/tablePage", new { textDocument = new { uri }, from = 13, count = 3 });

        Assert.Null((string?)page["problem"]);
        Assert.Equal("mean radius", (string?)page["columns"]![0]!["name"]);
        Assert.Equal("feature", (string?)page["columns"]![0]!["role"]);
        Assert.Equal("label", (string?)page["columns"]![30]!["role"]);
        Assert.Equal([13, 14, 15], page["rows"]!.Select(row => (int)row["row"]!));
        var hints = await session.RequestAsync("textDocument/inlayHint", new { range = new { start = new { line = 14, character = 0 }, end = new { line = 16, character = 0 } } });
        Assert.Equal(hints.Select(hint => (string?)hint["label"]), page["rows"]!.Select(row => (string?)row["prediction"]));
        Assert.False((bool)page["rows"]![0]!["right"]!);
        Assert.Equal(session.Workspace.Head("breast-cancer/test.csv", 20).Split('\n')[14].Split(',')[0], (string?)page["rows"]![0]!["cells"]![0]);
    }

    [Theory]
    [InlineData(13, null)]
    [InlineData(13, 3)]
    [InlineData(-1, 3)]
    public async Task TableHover_Parquet_SaysWhatTheCsvsHoverSays(int row, int? column)
    {
        await using var session = await EditorSession.OpenAsync("breast-cancer/test.csv", 143);
        var uri = WriteParquet(session.Workspace);
        var line = session.Workspace.Head("breast-cancer/test.csv", 20).Split('\n')[row + 1];
        var expected = await session.HoverAsync(row + 1, column is null ? 0 : string.Join(',', line.Split(',').Take(3)).Length + 2);

        string? found;
        do
        {
            found = (string?)(await session.Client.ResultAsync("explain/tableHover", new { textDocument = new { uri }, row, column }))["markdown"];
        }
        while (found!.Contains("Working…", StringComparison.Ordinal));

        Assert.Equal(Plain(expected!), Plain(found));
    }

    [Fact]
    public async Task TablePage_DamagedFile_SaysSoAndNothingElse()
    {
        await using var session = await EditorSession.OpenAsync("breast-cancer/test.csv", 3);
        var path = session.Workspace.PathOf("breast-cancer/broken.parquet");
        await File.WriteAllTextAsync(path, "PAR1 and then nothing");

        var page = await session.Client.ResultAsync(
            "explain/tablePage", new { textDocument = new { uri = session.Workspace.UriOf("breast-cancer/broken.parquet") }, from = 0, count = 10 });

        Assert.Contains("cut short", (string?)page["problem"], StringComparison.Ordinal);
        Assert.Empty(page["rows"]!);
    }

    /// <summary>Without pictures and links, which name their file, and without times.</summary>
    private static string Plain(string markdown) => Duration().Replace(
        string.Join('\n', markdown.Split('\n').Where(part => !part.Contains("](command:", StringComparison.Ordinal) && !part.Contains("data:image", StringComparison.Ordinal))),
        "some time");

    [GeneratedRegex(@"(&lt;|<)?[0-9.]+\s(ms|s|min)\b")]
    private static partial Regex Duration();

    private static string WriteParquet(SampleWorkspace workspace)
    {
        var table = Table.Read(workspace.PathOf("breast-cancer/test.csv"));
        File.WriteAllBytes(workspace.PathOf("breast-cancer/test.parquet"), ParquetFile.Write([.. table.Header.Select((name, column) => new WrittenColumn(
            name, [.. Enumerable.Range(0, table.RowCount).Select(row => (double?)double.Parse(table.Cell(row, column), CultureInfo.InvariantCulture))], default))]));
        return workspace.UriOf("breast-cancer/test.parquet");
    }
}
