using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace ExplainLsp.Server.Tests.Features;

/// <summary>What a hover says, against reference values of shap 0.49.1 and scikit-learn for these rows.</summary>
public partial class HoverTests
{
    private const string Narrow = "\u202F";

    [Fact]
    public async Task RowHover_Adult_SaysPredictionContributionsAndReceipt()
    {
        await using var session = await EditorSession.OpenAsync("adult/test.csv");

        var text = (await session.HoverAsync(1, 0))!;

        // shap-exact.json, row 0: 0.6587 from 0.1806; marital-status +0.1900, age +0.1105, occupation +0.0970, hours-per-week +0.0857.
        Assert.StartsWith($"**&gt;50K** **65.9{Narrow}%** · average 18.1{Narrow}%&nbsp; $(check) label &gt;50K", text, StringComparison.Ordinal);
        Assert.Contains("| column | value | towards &gt;50K, pp |", text, StringComparison.Ordinal);
        Assert.Contains("| marital-status | Married-civ-spouse | +19.0 |", text, StringComparison.Ordinal);
        Assert.Contains("| age | 50 | +11.1 |", text, StringComparison.Ordinal);
        Assert.Contains("| hours-per-week | 84 | +8.6 |", text, StringComparison.Ordinal);
        Assert.Contains("| capital-gain | 0 | −2.2 |", text, StringComparison.Ordinal);
        Assert.Contains("| 6 other columns | | +0.4 |", text, StringComparison.Ordinal);
        Assert.Contains("20 rows of train-sample.csv", text, StringComparison.Ordinal);
        Assert.Contains("gap &lt;1e−6", text, StringComparison.Ordinal);
        Assert.EndsWith("Census income", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RowHover_HasAFigureWithAltText_AndThreeLinks()
    {
        await using var session = await EditorSession.OpenAsync("adult/test.csv");

        var text = (await session.HoverAsync(1, 0))!;

        var image = ImagePattern().Match(text);
        Assert.True(image.Success, text[..Math.Min(text.Length, 600)]);
        Assert.Equal("420", image.Groups["width"].Value);
        Assert.InRange(image.Groups["alt"].Value.Length, 1, 500);
        var png = Convert.FromBase64String(image.Groups["data"].Value);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], png[..4]);
        Assert.InRange(png.Length, 1, 60 * 1024);

        var links = CommandPattern().Matches(text);
        Assert.Equal(["explainLsp.explainRow", "explainLsp.explainWithMethod", "explainLsp.copyRow"], links.Select(link => link.Groups["command"].Value));
        Assert.All(links, link =>
        {
            var arguments = JArray.Parse(Uri.UnescapeDataString(link.Groups["arguments"].Value));
            Assert.Equal([session.Uri, "0"], arguments.Select(argument => argument.ToString()));
        });
    }

    [Fact]
    public async Task CellHover_Adult_SaysItsContributionAndWhereTheAnswerChanges()
    {
        await using var session = await EditorSession.OpenAsync("adult/test.csv");
        var line = session.Workspace.Head("adult/test.csv", 1).Split('\n')[1];

        var text = (await session.HoverAsync(1, line.IndexOf(",84,", StringComparison.Ordinal) + 1))!;

        Assert.StartsWith("**hours-per-week** = 84&nbsp; adds **+8.6 pp** towards &gt;50K", text, StringComparison.Ordinal);
        Assert.Contains("the answer becomes **&lt;=50K**.", text, StringComparison.Ordinal);
        Assert.Contains("Range in the file", text, StringComparison.Ordinal);
        Assert.Matches(ImagePattern(), text);
    }

    [Fact]
    public async Task LabelCell_GivesTheRowsHover()
    {
        await using var session = await EditorSession.OpenAsync("adult/test.csv");
        var line = session.Workspace.Head("adult/test.csv", 1).Split('\n')[1];

        Assert.StartsWith("**&gt;50K**", await session.HoverAsync(1, line.Length - 1), StringComparison.Ordinal);
        Assert.StartsWith("**&gt;50K**", await session.HoverAsync(1, line.Length), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HeaderHover_SaysWhatTheColumnHolds_AndItsImportance()
    {
        await using var session = await EditorSession.OpenAsync("adult/test.csv", 40);
        var header = session.Workspace.Head("adult/test.csv", 0);
        var numbers = session.Workspace.Head("adult/test.csv", 40).TrimEnd('\n').Split('\n').Skip(1)
            .Select(row => int.Parse(row.Split(',')[10], System.Globalization.CultureInfo.InvariantCulture)).Order().ToArray();
        var median = (numbers[19] + numbers[20]) / 2.0;

        var text = (await session.HoverAsync(0, header.IndexOf("hours-per-week", StringComparison.Ordinal)))!;

        Assert.StartsWith($"**hours-per-week** · number, {numbers[0]} to {numbers[^1]}, median {median} · importance ", text, StringComparison.Ordinal);
        Assert.Matches(@"importance \d+ of 12", text);
    }

    [Fact]
    public async Task HeaderHover_OnTheLabel_SaysThatTheModelDoesNotSeeIt()
    {
        await using var session = await EditorSession.OpenAsync("adult/test.csv");
        var header = session.Workspace.Head("adult/test.csv", 0);

        var text = await session.HoverAsync(0, header.IndexOf("income", StringComparison.Ordinal));

        Assert.Contains("The true label; the model does not see it.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RowHover_BreastCancerRow13_SaysThatTheLabelDiffers()
    {
        await using var session = await EditorSession.OpenAsync("breast-cancer/test.csv");

        var text = await session.HoverAsync(14, 0);

        Assert.StartsWith($"**malignant** **81.6{Narrow}%**", text, StringComparison.Ordinal);
        Assert.Contains("$(warning) label benign", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RowHover_Regression_SaysTheValueInItsUnit()
    {
        await using var session = await EditorSession.OpenAsync("diabetes/test.csv");

        var text = (await session.HoverAsync(1, 0))!;

        Assert.DoesNotContain("pp |", text, StringComparison.Ordinal);
        Assert.DoesNotContain("%**", text, StringComparison.Ordinal);
        Assert.Contains("· average ", text, StringComparison.Ordinal);
        Assert.Contains("towards higher", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RowHover_ThreeClasses_NamesThePredictedOne()
    {
        await using var session = await EditorSession.OpenAsync("wine/test.csv");

        var text = (await session.HoverAsync(1, 0))!;

        Assert.Matches(@"^\*\*[^*]+\*\* \*\*(&gt; )?\d+(\.\d)?" + Narrow + "%", text);
    }

    [Theory]
    [InlineData("[x](command:explainLsp.evil)")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("a|b `c` **d** $(bug) &lt; https://evil.example www.evil.example")]
    [InlineData("![i](https://evil.example/x.png)")]
    public async Task CellsThatLookLikeMarkup_StayText(string cell)
    {
        await using var session = await EditorSession.OpenAsync(
            "adult/test.csv", edit: text => text.Replace("Married-civ-spouse,Exec-managerial", $"Married-civ-spouse,\"{cell}\"", StringComparison.Ordinal));

        var text = ImagePattern().Replace((await session.HoverAsync(1, 0))!, "");

        Assert.Contains("occupation", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<", text, StringComparison.Ordinal);
        Assert.DoesNotContain("command:explainLsp.evil", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?<!\\)\]\(https", text);
        Assert.DoesNotContain("https://evil", text, StringComparison.Ordinal);
        Assert.DoesNotContain("www.evil", text, StringComparison.Ordinal);
        Assert.DoesNotContain("$(bug)", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n').Where(line => line.StartsWith('|')), line => Assert.Equal(4, UnescapedBar().Count(line)));
    }

    [Theory]
    [InlineData("file:///elsewhere/notes.txt")]
    [InlineData("file:///elsewhere/missing.csv")]
    [InlineData("untitled:Untitled-1")]
    public async Task ForeignFile_GivesNoHover(string uri)
    {
        await using var session = await EditorSession.OpenAsync("wine/test.csv");

        var hover = await session.Client.ResultAsync("textDocument/hover", new { textDocument = new { uri }, position = new { line = 0, character = 0 } });

        Assert.Equal(JTokenType.Null, hover.Type);
    }

    [Fact]
    public async Task HoverPastTheEnd_IsNone()
    {
        await using var session = await EditorSession.OpenAsync("wine/test.csv", 3);

        Assert.Null(await session.HoverAsync(400, 0));
    }

    [Fact]
    public async Task HoverSwitchedOff_IsNone()
    {
        await using var session = await EditorSession.OpenAsync("wine/test.csv", settings: new { hover = new { enabled = false } });
        await session.Client.ReceivedAsync("workspace/configuration");
        await Task.Delay(200);

        Assert.Null(await session.HoverAsync(1, 0));
    }

    [Fact]
    public async Task RowWithTooFewFields_SaysSo()
    {
        await using var session = await EditorSession.OpenAsync("adult/test.csv", edit: text => text + "50,Private,Some-college\n");

        var text = (await session.HoverAsync(21, 0))!;

        Assert.StartsWith("$(warning) Row 20", text, StringComparison.Ordinal);
        Assert.Contains("line 22", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TextWhereANumberBelongs_SaysSo()
    {
        await using var session = await EditorSession.OpenAsync(
            "adult/test.csv", edit: text => text.Replace("\n50,Private", "\nfifty,Private", StringComparison.Ordinal));

        var text = (await session.HoverAsync(1, 0))!;

        Assert.StartsWith("$(warning)", text, StringComparison.Ordinal);
        Assert.Contains("fifty", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModelThatIsNotOnnx_SaysSo()
    {
        await using var session = await EditorSession.OpenAsync("adult/test.csv");
        session.Workspace.Write("adult/adult-gbm.onnx", "this is no model");
        await session.Client.NotifyAsync(
            "workspace/didChangeWatchedFiles", new { changes = new[] { new { uri = session.Workspace.UriOf("adult/adult-gbm.onnx"), type = 2 } } });

        var text = await session.HoverAsync(1, 0);

        Assert.StartsWith("$(warning)", text, StringComparison.Ordinal);
        Assert.Contains("adult-gbm.onnx", text, StringComparison.Ordinal);
        var stale = await session.Client.ReceivedAsync("explain/stale");
        Assert.Equal("The model changed on disk. Explain again.", (string?)stale["text"]);
    }

    [GeneratedRegex(@"!\[(?<alt>[^\n]*)\]\(data:image/png;base64,(?<data>[^|]+)\|width=(?<width>\d+),height=\d+\)")]
    private static partial Regex ImagePattern();

    [GeneratedRegex(@"\]\(command:(?<command>[\w.]+)\?(?<arguments>[^)]+)\)")]
    private static partial Regex CommandPattern();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex UnescapedBar();
}
