using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace ExplainLsp.Server.Tests.Features;

/// <summary>Hovers, panels and contact sheets of pictures over the wire, against Captum's integrated gradients and the model's own probabilities.</summary>
public partial class ImageTests
{
    private const string Narrow = "\u202F";

    [Theory]
    [InlineData("list.csv", "file,label\ntest/Coat/00010.png,Coat\n", 1, 12)]
    [InlineData("list.tsv", "file\tlabel\ntest/Coat/00010.png\tCoat\n", 1, 12)]
    [InlineData("data.jsonl", "{\"image\": \"test/Coat/00010.png\"}\n", 0, 20)]
    [InlineData("data.json", "{\n  \"image\": \"test/Coat/00010.png\"\n}\n", 1, 20)]
    [InlineData("data.yaml", "pictures:\n  - test/Coat/00010.png\n", 1, 10)]
    [InlineData("notes.md", "A coat: ![coat](test/Coat/00010.png)\n", 0, 12)]
    [InlineData("train.py", "picture = Image.open(\"test/Coat/00010.png\")\n", 0, 30)]
    [InlineData("sub/train.py", "picture = Image.open('test/Coat/00010.png')\n", 0, 30)]
    public async Task Hover_OnAPathInAnyLanguage_SaysWhatThePictureShows(string file, string text, int line, int character)
    {
        await using var session = await FashionSession.StartAsync();
        await session.OpenAsync(file, text);

        var hover = (await session.HoverAsync(file, line, character))!;

        Assert.StartsWith($"**Coat** **97.5{Narrow}%**&nbsp; $(check) label Coat", hover, StringComparison.Ordinal);
        var image = FigurePattern().Match(hover);
        Assert.True(image.Success, hover[..Math.Min(300, hover.Length)]);
        Assert.InRange(Convert.FromBase64String(image.Groups["data"].Value).Length, 1, 60 * 1024);
        Assert.Contains("00010.png", image.Groups["alt"].Value, StringComparison.Ordinal);
        Assert.Equal(["explainLsp.explainImage", "explainLsp.explainWithMethod", "explainLsp.copyRow"], CommandPattern().Matches(hover).Select(link => link.Groups[1].Value));
        Assert.Contains($"| Pullover | 1.3{Narrow}% |", hover, StringComparison.Ordinal);
        Assert.EndsWith("fashion-cnn", hover, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train.py", "x = 1  # nothing here\n", 0, 3)]
    [InlineData("train.py", "open(\"test/Coat/missing.png\")\n", 0, 12)]
    [InlineData("train.py", "open(\"fashion-cnn/model.onnx\")\n", 0, 12)]
    public async Task Hover_WhereNoPictureIsNamedOrThere_SaysNothing(string file, string text, int line, int character)
    {
        await using var session = await FashionSession.StartAsync();
        await session.OpenAsync(file, text);

        Assert.Null(await session.HoverAsync(file, line, character));
    }

    [Fact]
    public async Task Hover_OnABrokenPicture_SaysWhatIsWrong()
    {
        await using var session = await FashionSession.StartAsync(workspace => workspace.Write("broken.png", "this is no picture"));
        await session.OpenAsync("train.py", "open('broken.png')\n");

        Assert.StartsWith("$(warning) ", await session.HoverAsync("train.py", 0, 8), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Image_IntegratedGradientsOfTheLogit_SumAsCaptums()
    {
        await using var session = await FashionSession.StartAsync();

        var view = await session.ExplainAsync("test/Coat/00010.png", new { method = "integrated-gradients", space = "raw", other = "2" });

        Assert.Equal("Why Coat and not Pullover?", (string?)view["heading"]);
        Assert.StartsWith($"test/Coat/00010.png · Coat 97.5{Narrow}%, Pullover 1.3{Narrow}%", (string?)view["subLine"], StringComparison.Ordinal);
        Assert.Equal(["For Coat", "For Coat, not Pullover"], view["image"]!["maps"]!.Select(map => (string?)map["title"]));
        Assert.Equal("logit from −12.31 to 5.88", (string?)view["image"]!["maps"]![0]!["subLine"]);
        double[][] expected = [[41.94, -23.74, 18.20], [60.39, -37.59, 22.80]];
        foreach (var (row, numbers) in view["table"]!["rows"]!.Zip(expected))
        {
            Assert.Equal(numbers, row["cells"]!.Skip(1).Select(cell => Math.Round((double)cell["sort"]!, 2)));
        }
    }

    [Fact]
    public async Task Image_Map_HasAValueAPixelAndALegendInNumbers()
    {
        await using var session = await FashionSession.StartAsync();

        var view = await session.ExplainAsync("test/Coat/00010.png", new { method = "integrated-gradients", space = "raw" });

        var image = view["image"]!;
        Assert.Equal((28, 28), ((int)image["width"]!, (int)image["height"]!));
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], Convert.FromBase64String((string)image["png"]!)[..4]);
        var map = image["maps"]!.Single();
        Assert.Equal(28 * 28 * 4, Convert.FromBase64String((string)map["values"]!).Length);
        Assert.Equal("One pixel, logit of Coat", (string?)map["unit"]);
        Assert.Equal("ends at the 99th percentile; largest pixel +0.80", (string?)map["limitText"]);
        Assert.Equal(0.45, (double)map["limit"]!, 1e-9);
        Assert.Equal(["direction", "viridis", "magma", "grey"], image["colourMaps"]!.Select(colours => (string?)colours["id"]));
        Assert.Equal("integrated-gradients", (string?)JObject.Parse((string)view["exports"]!["json"]!)["method"]);
    }

    [Fact]
    public async Task Image_DefaultMethod_IsTheMapOfALayerEnlarged()
    {
        await using var session = await FashionSession.StartAsync();

        var view = await session.ExplainAsync("test/Coat/00010.png");

        var map = view["image"]!["maps"]!.Single();
        Assert.True((bool)map["smooth"]!);
        Assert.StartsWith("One place", (string?)map["unit"], StringComparison.Ordinal);
        Assert.NotEmpty(view["pickers"]!["layers"]!);
        Assert.Contains(view["pickers"]!["methods"]!, method => (string?)method["value"] == "integrated-gradients");
    }

    [Fact]
    public async Task Image_ALayerThatIsChosen_IsTheOneThatIsShown()
    {
        await using var session = await FashionSession.StartAsync();
        var layers = (await session.ExplainAsync("test/Coat/00010.png"))["pickers"]!["layers"]!;
        var other = (string)layers.First(layer => !(bool)layer["selected"]!)["value"]!;

        var view = await session.ExplainAsync("test/Coat/00010.png", new { method = "hires-cam", options = new { layer = other } });

        Assert.Equal(other, (string?)view["pickers"]!["layers"]!.Single(layer => (bool)layer["selected"]!)["value"]);
    }

    [Fact]
    public async Task Image_TwoMethods_AreShownBesideEachOther()
    {
        await using var session = await FashionSession.StartAsync();

        var view = await session.ExplainAsync("test/Coat/00010.png", new { method = "integrated-gradients", otherMethod = "occlusion", workDoneToken = "one" });

        Assert.Equal(2, view["image"]!["maps"]!.Count());
        Assert.Equal("occlusion", (string?)view["pickers"]!["otherMethods"]!.Single(method => (bool)method["selected"]!)["value"]);
        var first = await session.Client.ReceivedAsync("explain/partial", parameters => (string?)parameters["token"] == "one");
        Assert.Single(first["view"]!["image"]!["maps"]!);
    }

    [Fact]
    public async Task Image_ThatIsNone_IsRefusedInASentence()
    {
        await using var session = await FashionSession.StartAsync(workspace => workspace.Write("broken.png", "this is no picture"));

        var response = await session.Client.RequestAsync("explain/image", new { textDocument = new { uri = session.UriOf("broken.png") } });

        Assert.Equal(-32803, (int?)response["error"]!["code"]);
        Assert.Contains("broken.png", (string?)response["error"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Image_CancelledWhileItRuns_StopsWithTheCode()
    {
        await using var session = await FashionSession.StartAsync();
        using var cancel = new CancellationTokenSource();
        var running = session.Client.RequestAsync(
            "explain/image",
            new { textDocument = new { uri = session.UriOf("test/Coat/00010.png") }, method = "lime", options = new { samples = "500000" }, workDoneToken = "long" },
            cancel.Token);
        await session.Client.ReceivedAsync("$/progress", parameters => (string?)parameters["token"] == "long");

        await cancel.CancelAsync();

        Assert.Equal(-32800, (int?)(await running)["error"]!["code"]);
    }

    [Fact]
    public async Task ImageAt_PathInADocument_IsItsUri()
    {
        await using var session = await FashionSession.StartAsync();
        await session.OpenAsync("train.py", "open('test/Coat/00010.png')\n");

        var result = await session.Client.ResultAsync("explain/imageAt", new { textDocument = new { uri = session.UriOf("train.py") }, position = new { line = 0, character = 9 } });

        Assert.Equal(session.UriOf("test/Coat/00010.png"), (string?)result["uri"]);
    }

    [Fact]
    public async Task List_RowAt_NamesThePicture_AndHintsSayWhatItShows()
    {
        await using var session = await FashionSession.StartAsync();
        var uri = session.UriOf("list.csv");
        await session.OpenAsync("list.csv", session.Workspace.Read("list.csv"));

        var row = await session.Client.ResultAsync("explain/rowAt", new { textDocument = new { uri }, line = 1 });
        var lenses = await session.Client.ResultAsync("textDocument/codeLens", new { textDocument = new { uri } });
        var hints = await session.Client.ResultAsync(
            "textDocument/inlayHint",
            new { textDocument = new { uri }, range = new { start = new { line = 0, character = 0 }, end = new { line = 3, character = 0 } } });

        Assert.Equal(session.UriOf("test/Coat/00010.png"), (string?)row["image"]);
        Assert.Equal("Explain all images", (string?)lenses[0]!["command"]!["title"]);
        Assert.Equal($"→ Coat 98{Narrow}%", (string?)hints[0]!["label"]);
    }

    [Theory]
    [InlineData("test", 6)]
    [InlineData("list.csv", 6)]
    [InlineData("test/Coat", 2)]
    public async Task Sheet_FolderOrList_HoldsEveryPictureOnceMistakesFirst(string what, int count)
    {
        await using var session = await FashionSession.StartAsync();

        var view = await session.SheetAsync(what);

        var items = view["sheet"]!["items"]!.ToArray();
        Assert.Equal(count, items.Length);
        Assert.Equal(count, items.Select(item => (string?)item["uri"]).Distinct().Count());
        Assert.All(items, item => Assert.Equal([0x89, 0x50, 0x4E, 0x47], Convert.FromBase64String((string)item["picture"]!)[..4]));
        var right = items.Select(item => (bool)item["right"]!).ToArray();
        Assert.Equal(right.Order(), right);
        var wrong = right.Count(isRight => !isRight).ToString(CultureInfo.InvariantCulture);
        Assert.EndsWith($"{wrong} of {count} wrong", (string?)view["subLine"], StringComparison.Ordinal);
        Assert.StartsWith("picture,prediction,score,label,right,problem\r\n", (string?)view["exports"]!["csv"], StringComparison.Ordinal);
        // Cells of 128 with gaps of 16, at double density.
        var png = Convert.FromBase64String((string)view["exports"]!["png"]!);
        Assert.Equal(2 * ((count * 144) - 16), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
    }

    [Fact]
    public async Task Sheet_WithABrokenPicture_ShowsTheOthersAndWhatIsWrong()
    {
        await using var session = await FashionSession.StartAsync(workspace => workspace.Write("test/Coat/broken.png", "this is no picture"));

        var view = await session.SheetAsync("test/Coat");

        Assert.Equal(3, view["sheet"]!["items"]!.Count());
        Assert.Contains("broken.png", (string?)view["sheet"]!["items"]!.Last!["problem"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sheet_PicturesThatAreDone_ComeBeforeTheRest()
    {
        await using var session = await FashionSession.StartAsync();

        await session.SheetAsync("test");

        var first = await session.Client.ReceivedAsync("explain/partial", parameters => (string?)parameters["token"] == "sheet");
        Assert.Single(first["view"]!["sheet"]!["items"]!);
        Assert.Equal(6, (int?)first["view"]!["sheet"]!["total"]);
    }

    [Fact]
    public async Task Methods_OfAPicture_AreThoseThatWorkForItsModel()
    {
        await using var session = await FashionSession.StartAsync();

        var methods = await session.Client.ResultAsync("explain/methods", new { textDocument = new { uri = session.UriOf("test/Coat/00010.png") } });

        Assert.Contains(methods, method => (string?)method["id"] == "hires-cam");
        Assert.DoesNotContain(methods, method => (string?)method["id"] == "tree-shap");
    }

    [GeneratedRegex(@"!\[(?<alt>.*?)\]\(data:image/png;base64,(?<data>[^|]+)\|width=\d+,height=\d+\)")]
    private static partial Regex FigurePattern();

    [GeneratedRegex(@"\(command:([\w.]+)\?")]
    private static partial Regex CommandPattern();
}
