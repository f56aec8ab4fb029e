using System.Text.Json;

namespace ExplainLsp.Samples.Tests;

public sealed class PictureTests
{
    public static TheoryData<string, string> Peers
    {
        get
        {
            using var cases = JsonDocument.Parse(File.ReadAllText(Fixture.Path("golden/pictures/cases.json")));
            var data = new TheoryData<string, string>();
            foreach (var item in cases.RootElement.GetProperty("cases").EnumerateArray())
                data.Add(item.GetProperty("image").GetString()!, item.GetProperty("expected").GetString()!);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public void Read_EveryFormat_IsPillows(string image, string expected)
    {
        var picture = Picture.Read(Fixture.Path(image)).Over(PictureColour.White);
        var peer = NumpyFile.Read(Fixture.Path(expected));
        var levels = picture.Depth == 8 ? picture.Bytes.ToArray().Select(level => (double)level) : picture.Words.ToArray().Select(level => (double)level);
        if (peer.Shape.Length == 3 && picture.Channels == 1)
            levels = picture.ToRgb().Bytes.ToArray().Select(level => (double)level);
        if (peer.Shape.Length == 2 && picture.Channels == 3)
            levels = picture.ToGrey().Bytes.ToArray().Select(level => (double)level);

        Assert.Equal(peer.Shape[0], picture.Height);
        Assert.Equal(peer.Shape[1], picture.Width);
        Assert.Equal(peer.Values.Length, levels.Count());
        Assert.All(levels.Zip(peer.Values), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
    }

    [Fact]
    public void Read_SixteenBits_KeepsThem()
    {
        var picture = Picture.Read(Fixture.Path("data/pictures/rgb-16.png"));

        Assert.Equal((16, 3, false), (picture.Depth, picture.Channels, picture.HasAlpha));
        Assert.Contains(picture.Words.ToArray(), word => word % 257 != 0);
    }

    [Theory]
    [InlineData("rgb.jpg", "JPEG")]
    [InlineData("rgb.bmp", "BMP")]
    [InlineData("grey.png", "PNG")]
    [InlineData("animated.gif", "GIF")]
    [InlineData("lossy.webp", "WebP")]
    public void Read_WrongExtension_IsToldByContent(string image, string format)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("picture.txt", File.ReadAllBytes(Fixture.Path("data/pictures/" + image)));
        var picture = Picture.Read(path);

        Assert.Equal(format, picture.Format);
        Assert.Equal("picture.txt", picture.Name);
        Assert.Equal(64, picture.FileSha256!.Length);
    }

    [Fact]
    public void Over_HalfTransparent_MixesWithTheGround()
    {
        var picture = new Picture(3, 1, 1, new byte[] { 100, 100, 100 }, [255, 0, 51]);

        Assert.Equal([100, 0, 20], picture.Over(PictureColour.Black).Bytes.ToArray());
        Assert.Equal([100, 255, 224], picture.Over(PictureColour.White).Bytes.ToArray());
        Assert.Equal([100, 100, 100, 200, 10, 0, 180, 28, 20], picture.Over(new PictureColour(200, 10, 0)).Bytes.ToArray());
    }

    [Fact]
    public void ToGrey_Colours_AreItuLuma()
    {
        // 0.299 R + 0.587 G + 0.114 B (ITU-R 601-2), to the nearest level.
        var picture = new Picture(5, 1, 3, new byte[] { 255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 10, 200, 30 });

        Assert.Equal([76, 150, 29, 255, 124], picture.ToGrey().Bytes.ToArray());
    }

    [Fact]
    public void Read_Cancelled_Stops()
    {
        Assert.Throws<OperationCanceledException>(() => Picture.Read(Fixture.Path("data/photos/china.png"), new CancellationToken(true)));
    }
}
