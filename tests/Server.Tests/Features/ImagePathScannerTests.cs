using ExplainLsp.Server.Features;

namespace ExplainLsp.Server.Tests.Features;

/// <summary>Which text of a line may be an image's path, language by language. <c>^</c> marks the place, and is taken out.</summary>
public class ImagePathScannerTests
{
    [Theory]
    [InlineData("test/Coat/00^010.png,Coat", "test/Coat/00010.png")]
    [InlineData("test/Ankle bo^ot/00001.png,Ankle boot", "test/Ankle boot/00001.png")]
    [InlineData("7,\"a, b/sh^irt.png\",Shirt", "a, b/shirt.png")]
    [InlineData("7\timages/sh^irt.JPG\tShirt", "images/shirt.JPG")]
    [InlineData("7;images/sh^irt.webp;Shirt", "images/shirt.webp")]
    [InlineData("{\"image\": \"images/sh^irt.png\", \"label\": 3}", "images/shirt.png")]
    [InlineData("{\"image\":\"images\\/sh^irt.png\"}", "images/shirt.png")]
    [InlineData("{\"image\":\"images/sh\\u00e9^.png\"}", "images/shé.png")]
    [InlineData("image: images/my sh^irt.png # the worst one", "images/my shirt.png")]
    [InlineData("  - images/sh^irt.bmp", "images/shirt.bmp")]
    [InlineData("See ![a shirt](images/sh^irt.png \"worn\") below.", "images/shirt.png")]
    [InlineData("See ![a sh^irt](images/shirt.png) below.", "images/shirt.png")]
    [InlineData("[one]: images/sh^irt.gif", "images/shirt.gif")]
    [InlineData("picture = Image.open('images/sh^irt.png').convert('L')", "images/shirt.png")]
    [InlineData("picture = Image.open(r\"images\\sh^irt.png\")", "images\\shirt.png")]
    [InlineData("const picture = `images/sh^irt.png`;", "images/shirt.png")]
    [InlineData("The file images/sh^irt.png, say.", "images/shirt.png")]
    [InlineData("images/my sh^irt.jpeg", "images/my shirt.jpeg")]
    [InlineData("don't open images/sh^irt.png.", "images/shirt.png")]
    public void At_PathUnderThePlace_IsACandidate(string marked, string expected)
    {
        var (line, place) = Marked(marked);

        Assert.Contains(expected, ImagePathScanner.At(line, place).Select(candidate => candidate.Text));
    }

    [Theory]
    [InlineData("test/Coat/00010.png,Co^at")]
    [InlineData("open(\"a.png\"), ^ open(\"b.png\")")]
    [InlineData("no im^age here")]
    [InlineData("")]
    public void At_NoPathUnderThePlace_HasNoCandidateOfThatCellOrString(string marked)
    {
        var (line, place) = Marked(marked);

        Assert.DoesNotContain(ImagePathScanner.At(line, place), candidate => candidate.Text is "test/Coat/00010.png" or "a.png" or "b.png");
    }

    [Fact]
    public void At_Candidate_SaysWhereItStands()
    {
        var candidate = ImagePathScanner.At("x = \"a/b.png\"", 7).First();

        Assert.Equal(("a/b.png", 5, 12), (candidate.Text, candidate.Start, candidate.End));
    }

    [Fact]
    public void At_LineOfMegabytes_ReadsOnlyAroundThePlace()
    {
        var line = new string('x', 3_000_000) + ",\"a.png\"," + new string('y', 3_000_000);

        Assert.Equal("a.png", ImagePathScanner.At(line, 3_000_004).First().Text);
        Assert.Empty(ImagePathScanner.At(line, 10));
    }

    [Fact]
    public void Find_RelativeToTheDocumentThenTheFolders_AndOnlyWhatIsThere()
    {
        using var workspace = new SampleWorkspace();
        workspace.Write("images/a b.png", "");
        workspace.Write("docs/images/c.png", "");
        workspace.Write("images/notes.txt", "");
        string[] bases = [workspace.PathOf("docs"), workspace.Folder];

        Assert.Equal(workspace.PathOf("docs/images/c.png"), ImagePaths.Find("images/c.png", bases));
        Assert.Equal(workspace.PathOf("images/a b.png"), ImagePaths.Find("images/a%20b.png", bases));
        Assert.Equal(workspace.PathOf("images/a b.png"), ImagePaths.Find("../images/a b.png", bases));
        Assert.Equal(workspace.PathOf("images/a b.png"), ImagePaths.Find(@"images\a b.png", bases));
        Assert.Equal(workspace.PathOf("images/a b.png"), ImagePaths.Find(new Uri(workspace.PathOf("images/a b.png")).AbsoluteUri, bases));
        Assert.Null(ImagePaths.Find("images/notes.txt", bases));
        Assert.Null(ImagePaths.Find("images/missing.png", bases));
        Assert.Null(ImagePaths.Find("https://example.org/a.png", bases));
        Assert.Null(ImagePaths.Find("a\0.png", bases));
    }

    private static (string Line, int Place) Marked(string text)
    {
        var place = Math.Max(0, text.IndexOf('^', StringComparison.Ordinal));
        return (text.Replace("^", "", StringComparison.Ordinal), place);
    }
}
